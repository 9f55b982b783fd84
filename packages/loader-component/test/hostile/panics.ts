// Components on which jco panics or hangs. After a panic every later call in the thread fails, so
// the validator belongs in a worker of its own, with a time limit.
import type { Panic } from "./panic.ts";
import { ANSWERS_SEVEN, assemble, withCustomSection } from "./wat.ts";

type Verdicts = Pick<Panic, "componentWit" | "transpileBytes">;
const BOTH: Verdicts = { componentWit: "panics", transpileBytes: "panics" };
const TRANSPILE: Verdicts = { componentWit: "accepts", transpileBytes: "panics" };
const TRANSPILE_HANGS: Verdicts = { componentWit: "accepts", transpileBytes: "hangs" };

function panic(
  name: string,
  cause: string,
  wat: string | (() => Promise<Uint8Array>),
  verdicts: Verdicts,
): Panic {
  const component = typeof wat === "string" ? () => assemble(wat) : wat;
  return { name, cause, component, ...verdicts };
}

function functionImport(name: string): string {
  return `(component (import "${name}" (func)))`;
}

/** A resource whose methods are exported by another interface than the one that defines it. */
const FOREIGN_METHOD = `(component
  (import "t:h/h" (instance $h (export "r" (type (sub resource)))))
  (alias export $h "r" (type $r))
  (core module $m (func (export "m") (param i32)))
  (core instance $i (instantiate $m))
  (alias core export $i "m" (core func $m))
  (type $method (func (param "self" (borrow $r))))
  (func $f (type $method) (canon lift (core func $m)))
  (component $shape
    (import "r" (type $r (sub resource)))
    (import "f" (func $f (param "self" (borrow $r))))
    (export $e "x" (type $r))
    (export "[method]x.f" (func $f) (func (param "self" (borrow $e)))))
  (instance $shaped (instantiate $shape (with "r" (type $r)) (with "f" (func $f))))
  (export "t:e/e" (instance $shaped)))`;

const REEXPORTED_INSTANCE = `(component
  (import "t:h/h" (instance $h
    (export "x" (type (sub resource)))
    (export "[static]x.f" (func (result u32)))))
  (export "t:h/h" (instance $h)))`;

const LATIN1 = `(component
  (core module $m (memory (export "m") 1) (func (export "f") (result i32) i32.const 0))
  (core instance $i (instantiate $m))
  (alias core export $i "m" (core memory $memory))
  (alias core export $i "f" (core func $f))
  (func (export "run") (result string)
    (canon lift (core func $f) (memory $memory) string-encoding=latin1+utf16)))`;

/** Each component instantiates the one before twice: 2^depth instances in about 60 bytes a level. */
function doublingInstances(depth: number): string {
  const levels = Array.from(
    { length: depth },
    (_, level) => `(component $c${level + 1}
      (alias outer 1 $c${level} (component $c))
      (instance (instantiate $c)) (instance (instantiate $c)))`,
  );
  return `(component (component $c0) ${levels.join("\n")} (instance (instantiate $c${depth})))`;
}

/** A result with 2^depth strings, each in its own branch: code for all of them is emitted. */
function doublingResults(depth: number): string {
  const levels = Array.from(
    { length: depth },
    (_, level) => `(type $t${level + 1} (result $t${level} (error $t${level})))`,
  );
  return `(component
    (type $t0 string) ${levels.join("\n")}
    (core module $m (memory (export "m") 1) (func (export "f") (result i32) i32.const 0))
    (core instance $i (instantiate $m))
    (alias core export $i "m" (core memory $memory))
    (alias core export $i "f" (core func $f))
    (func (export "run") (result $t${depth}) (canon lift (core func $f) (memory $memory))))`;
}

export const panics: readonly Panic[] = [
  ...["url=<https://x>", "integrity=<sha256-abcd>", "locked-dep=<a:b@1.0.0>"].map((name) =>
    panic(`import ${name}`, "a function import that has no plain name", functionImport(name), BOTH),
  ),
  panic("method of a foreign resource", "a map lookup while decoding", FOREIGN_METHOD, BOTH),
  panic(
    "re-exported import",
    "an assertion when an instance's resource is seen twice",
    REEXPORTED_INSTANCE,
    BOTH,
  ),
  panic(
    "line break in package-docs",
    "an assertion of the WIT printer on a feature's name",
    async () =>
      withCustomSection(
        await assemble(ANSWERS_SEVEN),
        "package-docs",
        '\u0001{"worlds":{"root":{"func_exports":{"run":{"stability":{"unstable":{"feature":"a\\nb"}}}}}}}',
      ),
    { componentWit: "panics", transpileBytes: "accepts" },
  ),
  panic(
    "export in upper case",
    "a valid export name that loses its case: `A`, which is found as `a` no more",
    ANSWERS_SEVEN.replace('"run"', '"A"'),
    TRANSPILE,
  ),
  panic(
    "imported core module",
    "instantiating it is not implemented",
    '(component (import "m" (core module $m)) (core instance (instantiate $m)))',
    TRANSPILE,
  ),
  panic("latin1+utf16", "an assertion on the string encoding", LATIN1, TRANSPILE),
  panic(
    "2^40 instances",
    "2.5 KB; memory grows until a panic at 3.3 GB after 44 s",
    doublingInstances(40),
    TRANSPILE_HANGS,
  ),
  panic(
    "2^16 results",
    "0.4 KB; 25 s, 1 GB and 141 MB of JavaScript",
    doublingResults(16),
    TRANSPILE_HANGS,
  ),
];
