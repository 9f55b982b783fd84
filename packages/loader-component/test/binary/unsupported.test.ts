// Components that are well formed and use what the loader does not do: each is refused by name.
import { describe, expect, it } from "vitest";
import { assemble } from "../hostile/wat.ts";
import { refusalOf } from "./verdict.ts";

const CORE = `(core module $m (memory (export "m") 1) (func (export "f")))
  (core instance $i (instantiate $m))
  (alias core export $i "f" (core func $f))
  (alias core export $i "m" (core memory $memory))`;
const OWN = "(type $r (resource (rep i32)))";

const UNSUPPORTED: Readonly<Record<string, readonly [wat: string, message: RegExp]>> = {
  "an async function": [`(type (func async))`, /async functions/],
  "a stream": [`(type (stream u8))`, /streams/],
  "a future": [`(type (future u8))`, /futures/],
  "a list of fixed length": [`(type (list u8 4))`, /lists of fixed length/],
  "an error context": [`(type error-context)`, /error contexts/],
  "a value": [`(import "v" (value u8))`, /values/],
  "a core type": [`(core type (func))`, /core types/],
  "a core type in an instance": [`(type (instance (core type (func))))`, /core types/],
  "a resource of its own": [OWN, /resources of its own/],
  "resource.new": [`${OWN} (core func (canon resource.new $r))`, /resources of its own/],
  "an imported core module": [`(import "m" (core module))`, /core types/],
  "an imported component": [`(import "c" (component))`, /of the kind component/],
  "a call from one component into another": [
    `${CORE} (func $own (canon lift (core func $f)))
     (core func (canon lower (func $own)))`,
    /calls from one component into another/,
  ],
  "a lift of a function of the host": [
    `(import "h" (func $h)) (core func $low (canon lower (func $h)))
     (func (export "x") (canon lift (core func $low)))`,
    /host function where its own one belongs/,
  ],
  "a realloc of the host": [
    `${CORE} (import "h" (func $h)) (core func $low (canon lower (func $h)))
     (func (export "x") (canon lift (core func $f) (memory $memory) (realloc $low)))`,
    /host function where its own one belongs/,
  ],
  "an asynchronous lift": [
    `${CORE} (func (export "x") (canon lift (core func $f) async))`,
    /canonical option 0x6/,
  ],
  "a built-in of tasks": [`(core func (canon task.cancel))`, /canonical built-in 0x5/],
  "an instance within an imported instance": [
    `(import "t:t/t" (instance (export "i" (instance))))`,
    /of the kind instance/,
  ],
  "flags that are more than 32": [
    `(type (flags ${Array.from({ length: 33 }, (_, i) => `"f${i}"`).join(" ")}))`,
    /more than 32 flags/,
  ],
};

describe("a component that uses what is not supported", () => {
  it.each(Object.entries(UNSUPPORTED))("is refused by name for %s", async (_, [wat, message]) => {
    expect(refusalOf(await assemble(`(component ${wat})`)).message).toMatch(message);
  });

  it("is refused for a start function of its own", async () => {
    const text = `(component (import "f" (func $f)) (start $f))`;
    expect(refusalOf(await assemble(text)).message).toMatch(/a start function of its own/);
  });
});
