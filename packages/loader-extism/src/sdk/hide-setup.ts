import { BinaryReader, concatBytes, moduleSections, SECTION, unsignedLeb128 } from "@uni/wasm-rt";

/** What the SDK calls as soon as it has an instance (`instantiateModule` in foreground-plugin.ts). */
const CALLED_BY_SDK: ReadonlySet<string> = new Set(["_initialize", "hs_init", "_start"]);

/**
 * Renames the exports that the SDK calls by itself.
 *
 * @param bytes a module that the engine has validated.
 * @returns by the name that the module gave an export, the one that it has now.
 */
export function hideSetup(bytes: Uint8Array<ArrayBuffer>): {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly renamed: ReadonlyMap<string, string>;
} {
  const renamed = new Map<string, string>();
  const section = [...moduleSections(bytes)].find(({ id }) => id === SECTION.export);
  if (section === undefined) return { bytes, renamed };
  const { start, contentStart, end } = section;
  const exports = readExports(bytes.subarray(contentStart, end));
  const taken = new Set(exports.map(({ name }) => name));
  const hide = (name: string): string => {
    const hidden = `uni:${name}`;
    if (taken.has(hidden)) return hide(hidden);
    taken.add(hidden);
    return hidden;
  };
  for (const { name } of exports) if (CALLED_BY_SDK.has(name)) renamed.set(name, hide(name));
  const entries = exports.map(({ name, target }) => exportEntry(renamed.get(name) ?? name, target));
  const content = [...unsignedLeb128(entries.length), ...entries.flat()];
  const rewritten = Uint8Array.from([
    SECTION.export,
    ...unsignedLeb128(content.length),
    ...content,
  ]);
  return {
    bytes: concatBytes([bytes.subarray(0, start), rewritten, bytes.subarray(end)]),
    renamed,
  };
}

interface ModuleExport {
  readonly name: string;
  /** The kind and the index. */
  readonly target: readonly number[];
}

function readExports(content: Uint8Array): ModuleExport[] {
  const reader = new BinaryReader(content, 0);
  const count = reader.unsigned();
  return Array.from({ length: count }, () => {
    const length = reader.unsigned();
    const name = new TextDecoder("utf-8", { ignoreBOM: true }).decode(
      content.subarray(reader.at, reader.at + length),
    );
    reader.at += length;
    return { name, target: [reader.byte(), ...unsignedLeb128(reader.unsigned())] };
  });
}

function exportEntry(name: string, target: readonly number[]): number[] {
  const bytes = new TextEncoder().encode(name);
  return [...unsignedLeb128(bytes.length), ...bytes, ...target];
}
