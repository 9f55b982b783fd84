import type { BinaryDescription, BinaryImport } from "./binary-description.ts";
import { ownMemories } from "./read-component.ts";
import { readCoreModule } from "./read-core-module.ts";

/** As `@uni/loader-component` writes it: magic, length of the header, header, modules, hash. */
const MAGIC = [0x00, 0x75, 0x6e, 0x69, 0x63, 0x6d, 0x70, 0x01];
const HEADER_START = 12;

/** Whether bytes say that they are a component that was precompiled. */
export function isPrecompiled(bytes: Uint8Array): boolean {
  return bytes.length >= MAGIC.length && MAGIC.every((byte, i) => bytes[i] === byte);
}

/**
 * Imports and memories of a precompiled component, as far as its header is what the loader wrote; the
 * loader checks it to the last field.
 *
 * @throws RangeError or SyntaxError where it is not.
 */
export function readPrecompiled(bytes: Uint8Array): BinaryDescription {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerEnd = HEADER_START + view.getUint32(MAGIC.length, true);
  const header: unknown = JSON.parse(
    new TextDecoder().decode(bytes.subarray(HEADER_START, headerEnd)),
  );
  const lengths = list(field(header, "modules")).map(Number);
  let at = headerEnd;
  const memories = lengths.flatMap((length) => {
    at += length;
    return ownMemories(readCoreModule(bytes.subarray(at - length, at)));
  });
  const plan = field(header, "plan");
  const imports = list(field(plan, "imports")).map((imported): BinaryImport => {
    const name = String(field(imported, "name"));
    const from = field(imported, "interface");
    return typeof from === "string" ? { from, name } : { from: name };
  });
  return { imports, exports: [], memories };
}

function field(value: unknown, name: string): unknown {
  // Of anything but an object the property is undefined, which no caller takes for one.
  return (Object(value) as Record<string, unknown>)[name];
}

function list(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  throw new RangeError("its header is not what the loader writes");
}
