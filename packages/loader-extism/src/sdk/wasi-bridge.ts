import { unsignedLeb128 } from "@uni/wasm-rt";
import { SIGNATURES, type WasiName } from "../wasi/signatures.ts";

/** The module from which the bridge imports WASI. */
export const BRIDGE_SOURCE = "uni:wasi";

// Ids, kinds and types: WebAssembly core specification, "Binary Format".
const PREAMBLE = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
const SECTION = { type: 1, import: 2, export: 7 };
const FUNCTION_TYPE = 0x60;
const FUNCTION_KIND = 0x00;
const VALUE_TYPE = { i32: 0x7f, i64: 0x7e };

let bridge: WebAssembly.Module | undefined;

/**
 * A module that exports every function of preview 1 as it imports it from `uni:wasi`.
 *
 * The SDK takes `wasi_snapshot_preview1` from node:wasi whatever functions it is given for it, but
 * not where a module of that name is linked.
 */
export function wasiBridge(): WebAssembly.Module {
  bridge ??= new WebAssembly.Module(Uint8Array.from(bridgeBytes()));
  return bridge;
}

function bridgeBytes(): number[] {
  const names = Object.keys(SIGNATURES) as WasiName[];
  const indices = names.map((_name, at) => unsignedLeb128(at));
  const types = names.map((name) => {
    const parameters = SIGNATURES[name].map((type) => VALUE_TYPE[type]);
    const results = name === "proc_exit" ? [] : [VALUE_TYPE.i32];
    return [FUNCTION_TYPE, ...vector(parameters), ...vector(results)];
  });
  const imports = names.map((name, at) => [
    ...text(BRIDGE_SOURCE),
    ...text(name),
    FUNCTION_KIND,
    ...(indices[at] ?? []),
  ]);
  const exports = names.map((name, at) => [...text(name), FUNCTION_KIND, ...(indices[at] ?? [])]);
  return [
    ...PREAMBLE,
    ...section(SECTION.type, types),
    ...section(SECTION.import, imports),
    ...section(SECTION.export, exports),
  ];
}

function section(id: number, entries: readonly (readonly number[])[]): number[] {
  const content = [...unsignedLeb128(entries.length), ...entries.flat()];
  return [id, ...vector(content)];
}

/** Items of one byte each, with their number in front. */
function vector(bytes: readonly number[]): number[] {
  return [...unsignedLeb128(bytes.length), ...bytes];
}

function text(name: string): number[] {
  return vector([...new TextEncoder().encode(name)]);
}
