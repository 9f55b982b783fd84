// Artifacts of who can compute a checksum: nothing in them is believed.
import { describe, expect, it } from "vitest";
import { assemble } from "../hostile/wat.ts";
import {
  artifactOf,
  artifactVerdict,
  forged,
  hashed,
  headerOf,
  refusalOfArtifact,
} from "./forged.ts";

/** Control and format characters, lone surrogates and separators of lines. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** A component whose plan has something of everything. */
const component = await assemble(`(component
  (type $r (record (field "a" u8) (field "b" (list string))))
  (import "t:t/t" (instance $t
    (export "r" (type (sub resource)))
    (type $e (enum "x" "y")) (export "e" (type $e' (eq $e)))
    (type $v (variant (case "c") (case "d" u8)))
    (export "v" (type (eq $v)))
    (export "f" (func (param "self" (borrow 0)) (result (option $e'))))))
  (alias export $t "r" (type $res))
  (alias export $t "f" (func $f))
  (core module $m (memory (export "m") 1) (func (export "g") (result i32) i32.const 8)
    (func (export "p") (param i32)) (func (export "r") (param i32 i32 i32 i32) (result i32) unreachable))
  (core instance $i (instantiate $m))
  (alias core export $i "m" (core memory $mem))
  (alias core export $i "g" (core func $g))
  (alias core export $i "p" (core func $p))
  (alias core export $i "r" (core func $realloc))
  (core func $lowered (canon lower (func $f) (memory $mem) (realloc $realloc)))
  (core func $drop (canon resource.drop $res))
  (core module $n (import "h" "f" (func (param i32 i32))) (import "h" "d" (func (param i32))))
  (core instance (instantiate $n (with "i" (instance $i)) (with "h" (instance
    (export "f" (func $lowered)) (export "d" (func $drop)) (export "g" (func $g))))))
  (func (export "run") (param "a" $r) (result string)
    (canon lift (core func $g) (memory $mem) (realloc $realloc) (post-return $p))))`);
const artifact = artifactOf(component);
const body = Buffer.concat(artifact.modules.map((module) => Uint8Array.from(module)));
const header = () => headerOf(artifact);

type Path = readonly (string | number)[];

/** Every place of a JSON value, with what stands there. */
function places(value: unknown, path: Path = []): [Path, unknown][] {
  if (typeof value !== "object" || value === null) return [[path, value]];
  const inner = Object.entries(value).flatMap(([name, member]) =>
    places(member, [...path, Array.isArray(value) ? Number(name) : name]),
  );
  return [[path, value], ...inner];
}

/** The header's text with other text in a place. */
function withText(path: Path, text: string): string {
  const marked = header();
  let at: Record<string | number, unknown> = marked;
  for (const step of path.slice(0, -1)) at = at[step] as Record<string | number, unknown>;
  at[path.at(-1) ?? ""] = "@here@";
  return JSON.stringify(marked).replace('"@here@"', () => text);
}

const NUMBERS = places(header()).filter(([, value]) => typeof value === "number");
const OBJECTS = places(header()).filter(
  ([path, value]) =>
    typeof value === "object" && value !== null && !Array.isArray(value) && path.length > 0,
);
const NAMES = places(header()).filter(
  ([path, value]) =>
    typeof value === "string" &&
    !["kind", "encoding", "key"].includes(String(path.at(-1))) &&
    value !== "u8" &&
    value !== "string",
);

describe("a forged artifact", () => {
  it("is not refused for being forged", () => {
    const read = artifactVerdict(forged(JSON.stringify(header()), body));
    expect(read).toMatchObject({ key: artifact.key, plan: artifact.plan });
    expect([NUMBERS.length, OBJECTS.length, NAMES.length].every((count) => count > 10)).toBe(true);
  });

  it.each(["-1", "0.5", "1e999", "-0.1", "4294967296", "99", "null", '"0"', "[0]", "{}", "true"])(
    "is refused for the number %s in any place of one",
    (text) => {
      for (const [path] of NUMBERS) {
        // Where nothing may be, too: results, and what a case carries.
        if (text === "null" && ["result", 1].includes(path.at(-1) ?? "")) continue;
        refusalOfArtifact(forged(withText(path, text), body));
      }
    },
  );

  it.each([
    '"\\""',
    '"\'"',
    '"`"',
    '"\\\\"',
    '"\\n"',
    '"\\u001b["',
    '"\\u2028"',
    '"é"',
    "0",
    "[]",
    "{}",
  ])("is refused for the name %s in any place of one", (text) => {
    const taken: Path[] = [];
    for (const [path] of NAMES) {
      if (artifactVerdict(forged(withText(path, text), body)) instanceof Error) continue;
      taken.push(path);
    }
    expect(taken).toEqual([]);
  });

  it("is refused for a name that is longer than 512 characters in any place", () => {
    for (const [path] of NAMES) {
      const { message } = refusalOfArtifact(forged(withText(path, `"${"a".repeat(513)}"`), body));
      expect(message.length).toBeLessThan(500);
    }
  });

  it.each(["more", "constructor", "toString", "hasOwnProperty", ""])(
    "is refused for the unknown field %j in any place",
    (name) => {
      for (const [path, value] of OBJECTS) {
        const text = JSON.stringify({ ...(value as object), [name]: 1 });
        refusalOfArtifact(forged(withText(path, text), body));
      }
    },
  );

  it("gets nothing into a plan by a prototype", () => {
    for (const [path, value] of OBJECTS) {
      const text = `{"__proto__":{"polluted":1},${JSON.stringify(value).slice(1)}`;
      const answer = artifactVerdict(forged(withText(path, text), body));
      if (!(answer instanceof Error)) expect(answer.plan).toEqual(artifact.plan);
      for (const [, member] of places(answer)) {
        expect((member as { polluted?: unknown } | null)?.polluted).toBeUndefined();
      }
    }
    expect(Reflect.has({}, "polluted")).toBe(false);
  });

  it("is refused for the prototype that a member comes from", () => {
    const { key, modules, plan } = header();
    const text = `{"key":${JSON.stringify(key)},"modules":${JSON.stringify(modules)},"__proto__":{"plan":${JSON.stringify(plan)}}}`;
    refusalOfArtifact(forged(text, body));
  });

  it("shows nothing of its unknown fields that a terminal would obey, and not all of them", () => {
    for (const name of ["\u001b[31mred", "a\nb", "\u202eexe", "x".repeat(100_000)]) {
      const text = JSON.stringify({ ...header(), [name]: 1 });
      const { message } = refusalOfArtifact(forged(text, body));
      expect(UNSAFE.test(message)).toBe(false);
      expect(message.length).toBeLessThan(1000);
    }
  });

  it.each([
    ["no JSON", "{"],
    ["nothing", ""],
    ["null", "null"],
    ["an array", "[]"],
    ["a number", "1"],
    ["deeply nested arrays", "[".repeat(200_000) + "]".repeat(200_000)],
    ["deeply nested objects", `${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}`],
  ])("is refused for a header that is %s", (_, text) => {
    refusalOfArtifact(forged(text));
  });

  it("is refused for a header that is not UTF-8", () => {
    refusalOfArtifact(forged(Uint8Array.of(0x7b, 0xff, 0x7d)));
  });

  it("is refused for a header that is longer than all of it, or shorter than its JSON", () => {
    const text = JSON.stringify(header());
    for (const length of [0, 1, text.length - 1, text.length + 1, 2 ** 31, 2 ** 32 - 1]) {
      refusalOfArtifact(forged(text, body, length));
    }
  });

  it("is refused where the modules' lengths are not those of what follows", () => {
    const { length } = body;
    const [first = 0, second = 0] = artifact.modules.map((module) => module.length);
    for (const modules of [
      [first],
      [first, second + 1],
      [first, second - 1],
      [first, second, 1],
      [length + 1, 0],
      [2 ** 32 - 1, 2 ** 32 - 1],
      [],
    ]) {
      refusalOfArtifact(forged(JSON.stringify({ ...header(), modules }), body));
    }
  });

  it("is refused where it ends before its header", () => {
    const magic = forged("").subarray(0, 8);
    for (const length of [0, 1, 3]) {
      refusalOfArtifact(hashed(Buffer.concat([magic, Buffer.alloc(length)])));
    }
  });
});
