import { watName } from "@uni/fixtures";
// A name that no tool makes is refused wherever a component can put one.
import { describe, expect, it } from "vitest";
import { refusalOf } from "../binary/verdict.ts";
import { assemble } from "../hostile/wat.ts";

/** Control and format characters, lone surrogates and separators of lines. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

const CORE = `(core module $m (memory (export "memory") 1) (func (export "f"))
  (func (export "r") (param i32 i32 i32 i32) (result i32) unreachable))
  (core instance $i (instantiate $m))`;
const LIFTED = "(canon lift (core func $f)";

/** Where a name can be, as the text of a component around it. */
const POSITIONS: Readonly<Record<string, (name: string) => string>> = {
  "the module of a core import": (name) =>
    `(core module $e) (core instance $e (instantiate $e))
     (core module $n) (core instance (instantiate $n (with ${name} (instance $e))))`,
  "the field of a core import": (name) =>
    `${CORE} (core module $n) (core instance (instantiate $n
       (with "a" (instance (export ${name} (func $i "f"))))))`,
  "an export of a gathered core instance": (name) =>
    `${CORE} (core instance (export ${name} (func $i "f")))`,
  "a core function that is lifted": (name) =>
    `${CORE} (alias core export $i ${name} (core func $f)) (func (export "x") ${LIFTED}))`,
  "a memory that is lifted with": (name) =>
    `${CORE} (alias core export $i "f" (core func $f)) (alias core export $i ${name} (core memory $n))
     (func (export "x") ${LIFTED} (memory $n)))`,
  "a realloc that is lifted with": (name) =>
    `${CORE} (alias core export $i "f" (core func $f)) (alias core export $i ${name} (core func $n))
     (alias core export $i "memory" (core memory $p))
     (func (export "x") ${LIFTED} (memory $p) (realloc $n)))`,
  "a post-return": (name) =>
    `${CORE} (alias core export $i "f" (core func $f)) (alias core export $i ${name} (core func $n))
     (func (export "x") ${LIFTED} (post-return $n)))`,
  "a core table, memory, global or tag": (name) =>
    `${CORE} (alias core export $i ${name} (core table $t))`,
  "an import": (name) => `(import ${name} (func))`,
  "an imported interface": (name) => `(import ${name} (instance))`,
  "an imported function of an interface": (name) =>
    `(import "t:t/t" (instance (export ${name} (func))))`,
  "an imported resource": (name) =>
    `(import "t:t/t" (instance (export ${name} (type (sub resource)))))`,
  "an export": (name) => `${CORE} (alias core export $i "f" (core func $f))
     (func $x ${LIFTED})) (export ${name} (func $x))`,
  "the field of a record": (name) => `(type (record (field ${name} u8)))`,
  "the case of a variant": (name) => `(type (variant (case ${name})))`,
  "the name of an enum": (name) => `(type (enum ${name}))`,
  "the name of a flag": (name) => `(type (flags ${name}))`,
  "an alias of what an instance exports": (name) =>
    `(type $t u8) (instance $e (export "x" (type $t))) (alias export $e ${name} (func))`,
  "what a core instance is said to export": (name) =>
    `(core instance $e) (alias core export $e ${name} (core func))`,
  "an import of a component inside": (name) =>
    `(component $c (import ${name} (func))) (instance (instantiate $c))`,
};

const HOSTILE = {
  quote: '"+globalThis.PWNED=1+"',
  apostrophe: "'",
  backtick: "`",
  backslash: "\\",
  "line break": "a\nb",
  "escape sequence": "\u001b[31mred",
  NUL: "a\0b",
  "line separator": "a\u2028b",
  "control sequence of one character": "\u009b31mred",
  "direction of writing": "\u202eexe",
  "letter beyond ASCII": "café",
  length: "a".repeat(100_000),
};

describe("a name that no tool makes", () => {
  it.each(Object.entries(POSITIONS))("is refused as %s, and shown safely", async (_, wat) => {
    const shownBadly: string[] = [];
    for (const [kind, name] of Object.entries(HOSTILE)) {
      const { message } = refusalOf(await assemble(`(component ${wat(watName(name))})`));
      if (message.length > 500 || UNSAFE.test(message)) shownBadly.push(kind);
    }
    expect(shownBadly).toEqual([]);
  });
});
