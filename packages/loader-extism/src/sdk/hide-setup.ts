import { BinaryReader, moduleSections, unsignedLeb128 } from "@uni/wasm-rt";
import type { HiddenSetup } from "./sdk-image.ts";

const EXPORT_SECTION = 7;
const START_SECTION = 8;
const FUNCTION_KIND = 0;
/** What the SDK calls as soon as it has an instance (`instantiateModule` in foreground-plugin.ts). */
const CALLED_BY_SDK: ReadonlySet<string> = new Set(["_initialize", "hs_init", "_start"]);

/**
 * Renames the exports that the SDK calls by itself, and makes an export of the start function.
 *
 * @param bytes a module that the engine has validated.
 */
export function hideSetup(bytes: Uint8Array): HiddenSetup & { bytes: Uint8Array<ArrayBuffer> } {
  const sections = [...moduleSections(bytes)];
  const content = (id: number) => {
    const section = sections.find((section) => section.id === id);
    return section && bytes.subarray(section.contentStart, section.end);
  };
  const exports = readExports(content(EXPORT_SECTION));
  const taken = new Set(exports.map(({ name }) => name));
  const hide = (name: string): string => {
    const hidden = `uni:${name}`;
    if (taken.has(hidden)) return hide(hidden);
    taken.add(hidden);
    return hidden;
  };

  const renamed = new Map<string, string>();
  for (const { name } of exports) if (CALLED_BY_SDK.has(name)) renamed.set(name, hide(name));
  const entries = exports.map(({ name, target }) => exportEntry(renamed.get(name) ?? name, target));
  const startIndex = content(START_SECTION);
  let start: string | undefined;
  if (startIndex !== undefined) {
    start = hide("start");
    entries.push(exportEntry(start, [FUNCTION_KIND, ...startIndex]));
  }
  const exportContent = [...unsignedLeb128(BigInt(entries.length)), ...entries.flat()];

  const parts = sections.flatMap(({ id, start, end }) => {
    if (id === START_SECTION) return [];
    if (id !== EXPORT_SECTION) return [bytes.subarray(start, end)];
    const size = unsignedLeb128(BigInt(exportContent.length));
    return [Uint8Array.from([id, ...size, ...exportContent])];
  });
  const preamble = bytes.subarray(0, sections[0]?.start);
  return { bytes: concat([preamble, ...parts]), start, renamed };
}

interface ModuleExport {
  readonly name: string;
  /** The kind and the index. */
  readonly target: readonly number[];
}

function readExports(content: Uint8Array | undefined): ModuleExport[] {
  if (content === undefined) return [];
  const reader = new BinaryReader(content, 0);
  const count = Number(reader.unsigned());
  return Array.from({ length: count }, () => {
    const length = Number(reader.unsigned());
    const name = new TextDecoder("utf-8", { ignoreBOM: true }).decode(
      content.subarray(reader.at, reader.at + length),
    );
    reader.at += length;
    return { name, target: [reader.byte(), ...unsignedLeb128(reader.unsigned())] };
  });
}

function exportEntry(name: string, target: readonly number[]): number[] {
  const bytes = new TextEncoder().encode(name);
  return [...unsignedLeb128(BigInt(bytes.length)), ...bytes, ...target];
}

function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
