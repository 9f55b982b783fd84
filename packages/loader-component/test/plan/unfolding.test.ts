// Components in components, as plain instances and trampolines.
import { describe, expect, it } from "vitest";
import { signatureText } from "../../src/plan/signature.ts";
import { assemble } from "../hostile/wat.ts";
import { takenApart } from "./taken-apart.ts";

const CORE = `(core module $m (func (export "f") (result i32) i32.const 7))`;

describe("a component in a component", () => {
  it("is instantiated each time anew, of one module", async () => {
    const { plan, modules } = takenApart(
      await assemble(`(component
        (component $c ${CORE}
          (core instance $i (instantiate $m))
          (func (export "run") (result u32) (canon lift (core func $i "f"))))
        (instance $one (instantiate $c))
        (instance $two (instantiate $c))
        (export "a" (func $two "run"))
        (export "b" (func $one "run")))`),
    );
    expect(modules).toHaveLength(1);
    expect(plan.instances).toEqual([
      { module: 0, imports: [] },
      { module: 0, imports: [] },
    ]);
    expect(plan.exports.map(({ name, core }) => [name, core.instance])).toEqual([
      ["a", 1],
      ["b", 0],
    ]);
  });

  it("gets what it is instantiated with, and what it can reach outside", async () => {
    const { plan } = takenApart(
      await assemble(`(component
        (type $word u32)
        (import "host" (func $host (param "x" $word) (result string)))
        (core module $libc (memory (export "memory") 1)
          (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
        (component $c
          (import "given" (func $given (param "x" u32) (result string)))
          (alias outer 1 $libc (core module $libc))
          (core instance $libc (instantiate $libc))
          (alias core export $libc "memory" (core memory $memory))
          (alias core export $libc "realloc" (core func $realloc))
          (core func $lowered (canon lower (func $given) (memory $memory) (realloc $realloc)
            string-encoding=utf16))
          (core module $m (import "h" "given" (func (param i32 i32))))
          (core instance (instantiate $m
            (with "h" (instance (export "given" (func $lowered)))))))
        (instance (instantiate $c (with "given" (func $host)))))`),
    );
    expect(plan.imports.map((i) => [i.interface, i.name, signatureText(plan, i)])).toEqual([
      [null, "host", "func(u32) -> string"],
    ]);
    expect(plan.trampolines).toEqual([
      {
        kind: "call",
        import: 0,
        options: {
          encoding: "utf16",
          memory: { instance: 0, name: "memory" },
          realloc: { instance: 0, name: "realloc" },
        },
      },
    ]);
    expect(plan.instances.map(({ module }) => module)).toEqual([0, 1]);
  });

  it("is not there for who does not instantiate it", async () => {
    const { plan, modules } = takenApart(await assemble(`(component (component ${CORE}) ${CORE})`));
    expect(modules).toEqual([]);
    expect(plan.instances).toEqual([]);
  });
});
