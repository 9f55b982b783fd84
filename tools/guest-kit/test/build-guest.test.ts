import { describe, expect, it } from "vitest";
import { buildGuest, componentAbi, extismAbi, type GuestAbi } from "../src/index.ts";
import { sourceFile } from "./source-folder.ts";

const importsOf = (wasm: Uint8Array<ArrayBuffer>) =>
  WebAssembly.Module.imports(new WebAssembly.Module(wasm)).map(({ name }) => name);

const ENTRY = `
import { readInput, writeDocument, writeOutput } from "uni/abi";
export function manifest(): i32 { return writeDocument("{}"); }
export function register(): i32 { return writeOutput(readInput()); }
`;
const COMPONENT = `
import { beginCall } from "uni/component/call";
import { writeDocument } from "uni/abi";
import { unknownFunction } from "uni/component/unknown-function";
export { cabi_realloc } from "uni/component/realloc";
export function manifest(): i32 { return writeDocument("{}"); }
export function register(): i32 { return writeDocument("{}"); }
export function invoke_scalar(qname: usize, qnameSize: usize, start: usize, size: usize): i32 {
  if (size === 9) throw new Error("nine");
  return unknownFunction(beginCall(qname, qnameSize, start, size));
}
`;

describe("a guest anywhere", () => {
  it("is built for Extism, whose imports the kit finds", async () => {
    const wasm = await buildGuest({ entry: sourceFile(ENTRY), abi: extismAbi });
    const names = importsOf(wasm);
    expect(names).toContain("input_load_u64");
    expect(names).toContain("output_set");
  });

  it("is built as a component, which imports the log only to say what it throws", async () => {
    const entry = sourceFile(COMPONENT);
    const text = async (logThrows: boolean) => {
      const abi = componentAbi({ world: "scalar-plugin", logThrows });
      return Buffer.from(await buildGuest({ entry, abi })).toString("latin1");
    };
    expect(await text(false)).not.toContain("host-log");
    expect(await text(true)).toContain("host-log");
  });

  it("is a component of the world alone", async () => {
    const abi = componentAbi({ world: "aggregate-plugin" });
    await expect(buildGuest({ entry: sourceFile(COMPONENT), abi })).rejects.toThrow(
      "the module is no component of the world aggregate-plugin",
    );
  });
});

describe("a guest that does not build says where and why:", () => {
  it("what the compiler reports, warnings too", async () => {
    const broken = sourceFile("export function f(): i32 { return g(); }");
    await expect(buildGuest({ entry: broken, abi: extismAbi })).rejects.toThrow(
      /index\.ts: .*Cannot find name 'g'/s,
    );
    const warned = sourceFile("export function f(): i32 { return load<u8>(1.5); }");
    await expect(buildGuest({ entry: warned, abi: extismAbi })).rejects.toThrow(/index\.ts: /);
  });

  it("an entry that is not there", async () => {
    const entry = `${sourceFile("")}.none`;
    await expect(buildGuest({ entry, abi: extismAbi })).rejects.toThrow("File '");
  });

  it("an import that the host has not", async () => {
    const entry = sourceFile(`
      @external("elsewhere", "thing") declare function thing(): i32;
      export function f(): i32 { return thing(); }`);
    await expect(buildGuest({ entry, abi: extismAbi })).rejects.toThrow(
      "index.ts: expected imports that every Extism host has, got elsewhere.thing; leave out",
    );
  });

  it("a column of values that no Arrow type of the library has", async () => {
    const entry = sourceFile(`
      import { Bitmap, ValuesResult } from "uni/arrow";
      export function f(): i32 { return new ValuesResult<i32>(Bitmap.allSet(1)).length; }`);
    await expect(buildGuest({ entry, abi: extismAbi })).rejects.toThrow("of f64 or of i64");
  });

  it("an ABI without a library", async () => {
    const abi: GuestAbi = { host: "host", libraries: [], hasImport: () => true };
    await expect(buildGuest({ entry: sourceFile(ENTRY), abi })).rejects.toThrow("uni/abi");
  });
});
