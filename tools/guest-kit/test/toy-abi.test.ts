import { join } from "node:path";
import { tableFromArrays, tableFromIPC, tableToIPC } from "apache-arrow";
import { describe, expect, it } from "vitest";
import { buildGuest } from "../src/index.ts";
import { sourceFile } from "./source-folder.ts";
import { toyAbi } from "./toy/toy-abi.ts";
import { ToyGuest } from "./toy/toy-guest.ts";

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const build = (source: string) => buildGuest({ entry: sourceFile(source), abi: toyAbi });

describe("a plugin's own sources, for an ABI of another's", () => {
  const entry = join(import.meta.dirname, "../../fixtures/guests/stateful/index.ts");
  const built = buildGuest({ entry, abi: toyAbi });
  const stateful = async () => new ToyGuest(await built);

  it("export every function under its own name, and of the ABI's what is not a wrapper", async () => {
    const { exports } = await stateful();
    expect(Object.keys(exports).toSorted()).toEqual([
      "invoke_ai_example_stateful_boom",
      "invoke_ai_example_stateful_bump",
      "manifest",
      "memory",
      "register",
      "toy_alloc",
    ]);
  });

  it("write their documents, which name the ABI", async () => {
    const guest = await stateful();
    const { output, failed } = guest.call("manifest");
    expect(failed).toBe(false);
    expect(JSON.parse(text(output))).toMatchObject({ id: "ai.example.stateful", "abi-toy": "^1" });
    expect(JSON.parse(text(guest.call("register").output)).entries).toHaveLength(2);
  });

  it("are called with an address and a length, again and again", async () => {
    const guest = await stateful();
    const stream = tableToIPC(tableFromArrays({ arg0: Float64Array.of(5, 6) }), "stream");
    const counts = [1, 2].map(() => {
      const { output } = guest.call("invoke_ai_example_stateful_bump", stream);
      return [...tableFromIPC(output)].map((row) => Object.values(row.toJSON())[0]);
    });
    expect(counts).toEqual([
      [1, 1],
      [2, 2],
    ]);
  });

  it("trap, and throw by way of the ABI's abort", async () => {
    const guest = await stateful();
    expect(() => guest.call("invoke_ai_example_stateful_boom")).toThrow(WebAssembly.RuntimeError);
    expect(guest.lastWords).toEqual([]);
    const broken = Uint8Array.of(1, 2, 3);
    expect(() => guest.call("invoke_ai_example_stateful_bump", broken)).toThrow(
      WebAssembly.RuntimeError,
    );
    expect(guest.lastWords).toEqual([expect.stringContaining("the Arrow stream")]);
  });

  it("fail by the status that they return", async () => {
    const guest = new ToyGuest(
      await build(`import { fail } from "uni/abi";
        export function never(): i32 { return fail(7, "not today"); }`),
    );
    const { output, failed } = guest.call("never");
    expect({ failed, said: text(output) }).toEqual({ failed: true, said: "not today" });
  });

  it("do not build where an export is no call", async () => {
    await expect(build("export function half(x: f64): f64 { return x / 2; }")).rejects.toThrow(
      "the export half is (f64) -> (f64): a function of the plugin is () -> (i32), and one of the ABI is in `keep`",
    );
  });
});
