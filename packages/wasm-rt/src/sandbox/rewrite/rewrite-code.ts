import type { ModuleSection } from "../module-sections.ts";
import type { Additions } from "./additions.ts";
import { ByteWriter } from "./byte-writer.ts";
import { FunctionEdits } from "./function-edits.ts";
import type { RewriteContext } from "./guard-instruction.ts";
import { InstructionReader } from "./instruction-reader.ts";
import { FunctionScan } from "./scan-function.ts";

/** The content of a code section with every function guarded, and those behind them that guard. */
export function rewriteCode(
  { contentStart, end }: ModuleSection,
  context: RewriteContext,
  additions: Additions,
): Uint8Array[] {
  const { bytes, importedFunctions } = context.shape;
  const code = new InstructionReader(bytes, contentStart);
  const edits = new FunctionEdits();
  const scan = new FunctionScan(code, context, edits);
  const count = code.unsigned();
  const writer = new ByteWriter(end - contentStart + 65_536);
  // Functions that stay as they are are copied together.
  let unchanged = code.at;
  for (let i = 0; i < count; i++) {
    const start = code.at;
    const size = code.unsigned();
    const bodyStart = code.at;
    const bodyEnd = bodyStart + size;
    scan.scan(importedFunctions + i, bodyEnd);
    if (edits.length === 0) continue;
    writer.copy(bytes, unchanged, start);
    writer.unsigned(size + edits.growth());
    edits.write(writer, bytes, bodyStart, bodyEnd);
    unchanged = bodyEnd;
  }
  writer.copy(bytes, unchanged, end);
  for (const body of additions.bodies) writer.append(body);
  const counter = new ByteWriter(5);
  counter.unsigned(count + additions.bodies.length);
  return [counter.taken(), writer.taken()];
}
