import { PRIMITIVES, type Primitive } from "../plan/types.ts";
import { type BinaryCursor, malformed, unsupported } from "./binary-cursor.ts";
import { decodeAlias } from "./decode-alias.ts";
import type { Declaration, Extern, Named, TypeDefinition, ValueTypeUse } from "./definition.ts";

/** How deep types may be nested in types. */
const MAX_DEPTH = 32;

// Component Model, Binary.md, "Type Definitions": 0x7f down to 0x73.
const PRIMITIVE_CODES = new Map<number, Primitive>(PRIMITIVES.map((name, i) => [0x7f - i, name]));

const ASYNC_TYPES = new Map([
  [0x43, "async functions"],
  [0x64, "error contexts"],
  [0x65, "futures"],
  [0x66, "streams"],
  [0x67, "lists of fixed length"],
  [0x63, "maps"],
]);

/** A definition of the type section. */
export function decodeType(cursor: BinaryCursor, depth = 0): TypeDefinition {
  if (depth > MAX_DEPTH) throw malformed(`types are nested more than ${MAX_DEPTH} deep`);
  const code = cursor.byte();
  const primitive = PRIMITIVE_CODES.get(code);
  if (primitive !== undefined) return { kind: "primitive", primitive };
  const use = () => valueType(cursor);
  const named = () => ({ name: cursor.name(), value: use() });
  switch (code) {
    case 0x72:
      return { kind: "record", fields: cursor.list(named) };
    case 0x71:
      return { kind: "variant", cases: cursor.list(() => variantCase(cursor)) };
    case 0x70:
      return { kind: "list", element: use() };
    case 0x6f:
      return { kind: "tuple", items: cursor.list(use) };
    case 0x6e:
      return { kind: "flags", names: cursor.list(() => cursor.name()) };
    case 0x6d:
      return { kind: "enum", names: cursor.list(() => cursor.name()) };
    case 0x6b:
      return { kind: "option", value: use() };
    case 0x6a:
      return { kind: "result", ok: cursor.optional(use), err: cursor.optional(use) };
    case 0x69:
      return { kind: "own", resource: cursor.u32() };
    case 0x68:
      return { kind: "borrow", resource: cursor.u32() };
    case 0x40:
      return { kind: "func", params: cursor.list(named), result: functionResult(cursor) };
    case 0x41:
      skipDeclarations(cursor, depth);
      return { kind: "component" };
    case 0x42:
      return {
        kind: "instance",
        declarations: cursor.list(() => declaration(cursor, cursor.byte(), depth)),
      };
    case 0x3f:
      return resourceType(cursor);
  }
  const what = ASYNC_TYPES.get(code);
  if (what !== undefined) throw unsupported(what);
  throw unsupported(`the type 0x${code.toString(16)} (before offset ${cursor.at})`);
}

/** What an import or an export is declared to be. */
export function decodeExtern(cursor: BinaryCursor): Extern {
  const code = cursor.byte();
  switch (code) {
    case 0x00:
      if (cursor.byte() !== 0x11) throw malformed(`a bad module type before ${cursor.at}`);
      return { kind: "module", type: cursor.u32() };
    case 0x01:
      return { kind: "func", type: cursor.u32() };
    case 0x03: {
      const bound = cursor.byte();
      if (bound === 0x00) return { kind: "type", equals: cursor.u32() };
      if (bound === 0x01) return { kind: "resource" };
      throw malformed(`the type bound 0x${bound.toString(16)}`);
    }
    case 0x04:
      return { kind: "component", type: cursor.u32() };
    case 0x05:
      return { kind: "instance", type: cursor.u32() };
  }
  if (code === 0x02) throw unsupported("values");
  throw malformed(`the kind of import or export 0x${code.toString(16)}`);
}

/** The name of an import or an export, behind the byte that says how it is written. */
export function decodeExternName(cursor: BinaryCursor): string {
  const form = cursor.byte();
  if (form > 0x01) throw unsupported(`names in the form 0x${form.toString(16)}`);
  return cursor.name();
}

function valueType(cursor: BinaryCursor): ValueTypeUse {
  // A signed LEB128 of 33 bits: negative for a primitive, which is one byte, and else an index.
  const start = cursor.at;
  const primitive = PRIMITIVE_CODES.get(cursor.byte());
  if (primitive !== undefined) return primitive;
  cursor.at = start;
  return cursor.u32();
}

function variantCase(cursor: BinaryCursor): Named<ValueTypeUse | undefined> {
  const name = cursor.name();
  const value = cursor.optional(() => valueType(cursor));
  // Once for a case that refines another one; now always absent.
  if (cursor.byte() !== 0x00) throw malformed(`a bad variant case before offset ${cursor.at}`);
  return { name, value };
}

function functionResult(cursor: BinaryCursor): ValueTypeUse | undefined {
  const form = cursor.byte();
  if (form === 0x00) return valueType(cursor);
  if (form === 0x01 && cursor.byte() === 0x00) return undefined;
  throw malformed(`bad function results before offset ${cursor.at}`);
}

function resourceType(cursor: BinaryCursor): TypeDefinition {
  if (cursor.byte() !== 0x7f) throw unsupported("resources that are represented by no i32");
  return { kind: "resource", destructor: cursor.optional(() => cursor.u32()) };
}

function declaration(cursor: BinaryCursor, code: number, depth: number): Declaration {
  switch (code) {
    case 0x00:
      throw unsupported("core types");
    case 0x01:
      return { kind: "type", type: decodeType(cursor, depth + 1) };
    case 0x02:
      return decodeAlias(cursor);
    case 0x04:
      return { kind: "export", name: decodeExternName(cursor), extern: decodeExtern(cursor) };
  }
  throw malformed(`the declaration 0x${code.toString(16)} before offset ${cursor.at}`);
}

/** The type of a component: nothing here imports one, so nobody needs to know what is in it. */
function skipDeclarations(cursor: BinaryCursor, depth: number): void {
  cursor.list(() => {
    const code = cursor.byte();
    if (code !== 0x03) return declaration(cursor, code, depth);
    decodeExternName(cursor);
    return decodeExtern(cursor);
  });
}
