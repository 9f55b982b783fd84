import { BinaryCursor, malformed, unsupported } from "./binary-cursor.ts";
import { decodeAlias, decodeCoreSort, decodeSort } from "./decode-alias.ts";
import { decodeCanon } from "./decode-canon.ts";
import { decodeExtern, decodeExternName, decodeType } from "./decode-types.ts";
import type { Definition, Named, SortIndex } from "./definition.ts";

const PREAMBLE_BYTES = 8;
/** How deep components may be nested in components. */
const MAX_DEPTH = 8;

/**
 * What a component says, in its own order; nothing is resolved yet.
 *
 * Component Model, Binary.md. The bytes start with a component's preamble; everything behind it is
 * checked here. Modules are views of the bytes.
 *
 * @throws ComponentError `INVALID_PLUGIN`, saying where, or what is not supported.
 */
export function decodeComponent(bytes: Uint8Array): Definition[] {
  return sections(new BinaryCursor(bytes, PREAMBLE_BYTES, bytes.length), 0);
}

function sections(cursor: BinaryCursor, depth: number): Definition[] {
  const definitions: Definition[] = [];
  while (!cursor.done) {
    const id = cursor.byte();
    const content = cursor.section(cursor.u32());
    for (const definition of section(id, content, depth)) definitions.push(definition);
    if (!content.done) {
      throw malformed(`section ${id} is longer than what it holds, at offset ${content.at}`);
    }
  }
  return definitions;
}

function section(id: number, content: BinaryCursor, depth: number): readonly Definition[] {
  switch (id) {
    case 0:
      content.rest();
      return [];
    case 1:
      return [{ kind: "core module", bytes: content.rest() }];
    case 2:
      return content.list(() => coreInstance(content));
    case 3:
      throw unsupported("core types");
    case 4:
      return [nestedComponent(content, depth)];
    case 5:
      return content.list(() => instance(content));
    case 6:
      return content.list(() => decodeAlias(content));
    case 7:
      return content.list(() => ({ kind: "type", type: decodeType(content) }));
    case 8:
      return content.list(() => ({ kind: "canon", canon: decodeCanon(content) }));
    case 9:
      throw unsupported("a start function of its own");
    case 10:
      return content.list(() => ({
        kind: "import",
        name: decodeExternName(content),
        extern: decodeExtern(content),
      }));
    case 11:
      return content.list(() => ({
        kind: "export",
        name: decodeExternName(content),
        item: sortIndex(content),
        extern: content.optional(() => decodeExtern(content)),
      }));
    case 12:
      throw unsupported("values");
  }
  throw malformed(`the section ${id}`);
}

function nestedComponent(content: BinaryCursor, depth: number): Definition {
  if (depth >= MAX_DEPTH) throw unsupported(`components nested more than ${MAX_DEPTH} deep`);
  // Its preamble is the outer one's again.
  content.take(PREAMBLE_BYTES);
  return { kind: "component", definitions: sections(content, depth + 1) };
}

function coreInstance(content: BinaryCursor): Definition {
  const form = content.byte();
  if (form === 0x00) {
    const module = content.u32();
    const args = content.list((): Named<number> => {
      const name = content.name();
      if (content.byte() !== 0x12) throw malformed(`a bad argument before offset ${content.at}`);
      return { name, value: content.u32() };
    });
    return { kind: "core instantiate", module, args };
  }
  if (form !== 0x01) throw malformed(`the core instance 0x${form.toString(16)}`);
  const exports = content.list((): Named<SortIndex> => {
    const name = content.name();
    return { name, value: { sort: decodeCoreSort(content), index: content.u32() } };
  });
  return { kind: "core exports", exports };
}

function instance(content: BinaryCursor): Definition {
  const form = content.byte();
  if (form === 0x00) {
    const component = content.u32();
    const args = content.list(() => ({ name: content.name(), value: sortIndex(content) }));
    return { kind: "instantiate", component, args };
  }
  if (form !== 0x01) throw malformed(`the instance 0x${form.toString(16)}`);
  const exports = content.list(() => ({
    name: decodeExternName(content),
    value: sortIndex(content),
  }));
  return { kind: "exports", exports };
}

function sortIndex(content: BinaryCursor): SortIndex {
  return { sort: decodeSort(content), index: content.u32() };
}
