// Pointers that a guest returns, or gives its host for a result: each that is wrong ends its call.
import { describe, expect, it } from "vitest";
import { assemble } from "../hostile/wat.ts";
import { faultCode } from "./fault.ts";
import { handLinked } from "./hand-linked.ts";

const END = 65_536;

/** A component that returns, or passes on, this address. */
function returning(address: number): Promise<Uint8Array> {
  return assemble(`(component
    (core module $m (memory (export "m") 1)
      (func (export "f") (result i32) (i32.const ${address}))
      (func (export "post") (param i32) (i32.store (i32.const 0) (local.get 0))))
    (core instance $i (instantiate $m))
    (alias core export $i "m" (core memory $memory))
    (alias core export $i "f" (core func $f))
    (alias core export $i "post" (core func $post))
    (func (export "pair") (result (tuple u32 u32))
      (canon lift (core func $f) (memory $memory) (post-return $post)))
    (func (export "word") (result u32) (canon lift (core func $f))))`);
}

/** A component that has the result of its host put at one address, and its arguments at another. */
function asking(args: number, result: number): Promise<Uint8Array> {
  const params = Array.from({ length: 17 }, (_, i) => `(param "p${i}" u32)`).join(" ");
  return assemble(`(component
    (import "t:t/t" (instance $t (export "f" (func ${params} (result (tuple u32 u32))))))
    (alias export $t "f" (func $f))
    (core module $libc (memory (export "m") 1))
    (core instance $libc (instantiate $libc))
    (alias core export $libc "m" (core memory $memory))
    (core func $lowered (canon lower (func $f) (memory $memory)))
    (core module $m (import "h" "f" (func $f (param i32 i32))) (import "libc" "m" (memory 1))
      (func (export "run") (result i32)
        (call $f (i32.const ${args}) (i32.const ${result}))
        (i32.load offset=4 (i32.const ${result}))))
    (core instance $i (instantiate $m (with "libc" (instance $libc))
      (with "h" (instance (export "f" (func $lowered))))))
    (alias core export $i "run" (core func $run))
    (func (export "run") (result u32) (canon lift (core func $run))))`);
}

describe("the address of a guest's result", () => {
  it.each([1, 2, END - 4, END, -4, -1])("is refused at %i", async (address) => {
    const { call } = handLinked(await returning(address));
    expect(faultCode(() => call("pair"))).toBe("TRAP");
  });

  it("is taken up to the end of the memory, and given to the post-return", async () => {
    const { call, run } = handLinked(await returning(END - 8));
    expect(call("pair")).toEqual([0, 0]);
    const memory = run.instances[0]?.m as WebAssembly.Memory;
    expect(new DataView(memory.buffer).getUint32(0, true)).toBe(END - 8);
    expect(call("word")).toBe(END - 8);
  });
});

describe("the addresses that a guest gives its host", () => {
  const answering = async (args: number, result: number) => {
    let seen: unknown;
    const guest = handLinked(await asking(args, result), {
      "t:t/t#f": (first) => {
        seen = first;
        return [7, 8];
      },
    });
    return { ...guest, seen: () => seen };
  };

  it("are those of seventeen arguments, and of the result", async () => {
    const { call, seen } = await answering(0, END - 8);
    expect(call("run")).toBe(8);
    expect(seen()).toBe(0);
  });

  it.each([
    [1, 0],
    [END - 64, 0],
    [-4, 0],
    [0, 1],
    [0, END - 4],
    [0, -8],
  ])("are refused at %i and %i", async (args, result) => {
    const { call, run } = await answering(args, result);
    expect(() => call("run")).toThrow(WebAssembly.RuntimeError);
    expect(run.failure).toMatchObject({ code: "TRAP" });
  });
});
