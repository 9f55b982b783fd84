import { createRequire } from "node:module";
import { PREVIEW_1, parametersOf } from "./preview-1.ts";

// What of the assembler these tests use; it is the fixtures' dependency, not this package's.
interface Wabt {
  parseWat(
    file: string,
    wat: string,
  ): {
    toBinary(options: object): { readonly buffer: Uint8Array<ArrayBuffer> };
    destroy(): void;
  };
}

const fixtures = new URL("../../../../tools/fixtures/package.json", import.meta.url);

/** Compiles WebAssembly text. */
export async function assemble(wat: string): Promise<WebAssembly.Module> {
  const wabt: Wabt = await createRequire(fixtures)("wabt")();
  const parsed = wabt.parseWat("guest.wat", wat);
  try {
    return new WebAssembly.Module(parsed.toBinary({}).buffer);
  } finally {
    parsed.destroy();
  }
}

/** The import of a function of preview 1, with the type that its witx gives it. */
export function importOf(name: string): string {
  const result = name === "proc_exit" ? "" : "(result i32)";
  const type = `(param ${parametersOf(name).join(" ")}) ${result}`;
  return `(import "wasi_snapshot_preview1" "${name}" (func $${name} ${type}))`;
}

/** A module that imports all of preview 1, and exports under each name a function that calls it. */
export async function everyFunction(): Promise<WebAssembly.Module> {
  const names = Object.keys(PREVIEW_1);
  const exports = names.map((name) => {
    const types = parametersOf(name);
    const result = name === "proc_exit" ? "" : "(result i32)";
    const pass = types.map((_type, at) => `(local.get ${at})`).join(" ");
    return `(func (export "${name}") (param ${types.join(" ")}) ${result} (call $${name} ${pass}))`;
  });
  return await assemble(
    `(module ${names.map(importOf).join("\n")} (memory (export "memory") 1) ${exports.join("\n")})`,
  );
}
