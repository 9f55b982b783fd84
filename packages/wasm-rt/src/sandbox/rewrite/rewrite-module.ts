import { unsignedLeb128 } from "../binary-reader.ts";
import { RESERVED_EXPORTS } from "../budgets.ts";
import { concatBytes } from "../concat-bytes.ts";
import type { HardenLimits } from "../harden-limits.ts";
import { PREAMBLE_BYTES, SECTION } from "../module-sections.ts";
import type { UnsharedBytes } from "../unshared-bytes.ts";
import { Additions } from "./additions.ts";
import type { RewriteContext } from "./guard-instruction.ts";
import { Guards } from "./guards.ts";
import { survives } from "./keep-custom.ts";
import type { SizeLimits } from "./read-limits.ts";
import type { ModuleShape } from "./read-module.ts";
import { rewriteCode } from "./rewrite-code.ts";
import { ofEntries, withEntries, withLimits } from "./section-content.ts";

// WebAssembly core specification 3.0, "Modules" in the binary format: sections stand in this order.
const ORDER: readonly number[] = [
  SECTION.type,
  SECTION.import,
  SECTION.function,
  SECTION.table,
  SECTION.memory,
  SECTION.tag,
  SECTION.global,
  SECTION.export,
  SECTION.start,
  SECTION.element,
  SECTION.dataCount,
  SECTION.code,
  SECTION.data,
];

/** Makes the module that `shape` is of safe to run. */
export function rewriteModule(
  shape: ModuleShape,
  limits: HardenLimits,
  maxOf: (limits: SizeLimits) => number,
): UnsharedBytes {
  const additions = new Additions(shape);
  const context: RewriteContext = { shape, maxOf, guards: new Guards(additions, shape, limits) };
  if (shape.startFunction !== undefined) {
    additions.addFunctionExport(RESERVED_EXPORTS.start, shape.startFunction);
  }
  // Before the others are written: what is appended to them depends on what the code needs.
  const codeSection = shape.sections.find(({ id }) => id === SECTION.code);
  const code = codeSection && rewriteCode(codeSection, context, additions);
  const appended = new Map<number, readonly number[][]>([
    [SECTION.type, additions.types],
    [SECTION.function, additions.functions],
    [SECTION.global, additions.globals],
    [SECTION.export, additions.exports],
    [SECTION.code, additions.bodies],
  ]);
  const parts: Uint8Array[] = [shape.bytes.subarray(0, PREAMBLE_BYTES)];
  const add = (id: number, content: readonly Uint8Array[]) => {
    const size = content.reduce((sum, { length }) => sum + length, 0);
    parts.push(Uint8Array.from([id, ...unsignedLeb128(size)]), ...content);
  };
  const taken = (id: number) => {
    const entries = appended.get(id) ?? [];
    appended.delete(id);
    return entries;
  };
  const addMissing = (before: number) => {
    for (const id of ORDER.slice(0, before)) {
      const entries = taken(id);
      if (entries.length > 0) add(id, ofEntries(entries));
    }
  };
  for (const section of shape.sections) {
    const { id, start, end } = section;
    if (id === SECTION.custom) {
      if (survives(shape.bytes, section)) parts.push(shape.bytes.subarray(start, end));
      continue;
    }
    addMissing(ORDER.indexOf(id));
    const entries = taken(id);
    if (id === SECTION.start) continue;
    if (id === SECTION.code && code !== undefined) add(id, code);
    else if (entries.length > 0) add(id, withEntries(shape.bytes, section, entries));
    else add(id, withLimits(context, section));
  }
  addMissing(ORDER.length);
  return concatBytes(parts);
}
