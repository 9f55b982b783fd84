// A memory and a realloc of a real core module, and the codecs of types that are written as trees.
import { assembleWat } from "@uni/fixtures";
import type { Codec } from "../../src/canonical/codec.ts";
import { Codecs } from "../../src/canonical/codecs.ts";
import { FlatReader, type FlatValue } from "../../src/canonical/flat.ts";
import { GuestMemory } from "../../src/canonical/guest-memory.ts";
import { Handles } from "../../src/canonical/handles.ts";
import type { StringEncoding } from "../../src/plan/plan.ts";
import type { PlanType, TypeRef } from "../../src/plan/types.ts";
import type { WitType } from "../plan/wit-types.ts";

/** Where the first room is that the module makes. */
export const HEAP = 4096;

/** Where a memory ends before it grows. */
export const PAGES_END: number = 2 * 65_536;

/** Makes room from `HEAP` on, one piece behind the other, and moves the memory each time. */
export const BUMP = `(global $top (mut i32) (i32.const ${HEAP}))
  (func (export "realloc") (param i32 i32 i32 i32) (result i32)
    (global.set $top (i32.and
      (i32.add (global.get $top) (i32.sub (local.get 2) (i32.const 1)))
      (i32.sub (i32.const 0) (local.get 2))))
    (global.get $top)
    (global.set $top (i32.add (global.get $top) (local.get 3)))
    (drop (memory.grow (i32.const 1))))`;

/** Always answers the same. */
export function constantRealloc(answer: string, type = "i32"): string {
  return `(func (export "realloc") (param i32 i32 i32 i32) (result ${type}) (${type}.const ${answer}))`;
}

export interface RealMemory {
  readonly memory: GuestMemory;
  /** The bytes as they are now. */
  bytes(): Buffer;
}

/** A maker of memories of two pages each, around a module's text. */
export async function realMemory(
  wat: string = BUMP,
  memory = `(memory (export "memory") 2 400)`,
): Promise<(encoding?: StringEncoding) => RealMemory> {
  const module = new WebAssembly.Module(await assembleWat(`(module ${memory} ${wat})`));
  return (encoding = "utf8") => {
    const { exports } = new WebAssembly.Instance(module);
    const source = { memory: () => exports.memory, realloc: () => exports.realloc };
    return {
      memory: new GuestMemory(source, encoding, new Handles()),
      bytes: () => Buffer.from((exports.memory as WebAssembly.Memory).buffer),
    };
  };
}

export function codecOf(type: WitType): Codec {
  const types: PlanType[] = [];
  const ref = planned(type, types);
  return new Codecs(types).of(ref);
}

function planned(type: WitType, types: PlanType[]): TypeRef {
  if (typeof type === "string") return type;
  const use = (of: WitType) => planned(of, types);
  const optional = (of: WitType | null) => (of === null ? null : use(of));
  const define = (defined: PlanType) => types.push(defined) - 1;
  switch (type.kind) {
    case "list":
      return define({ ...type, element: use(type.element) });
    case "option":
      return define({ ...type, value: use(type.value) });
    case "tuple":
      return define({ ...type, items: type.items.map(use) });
    case "result":
      return define({ ...type, ok: optional(type.ok), err: optional(type.err) });
    case "record":
      return define({ ...type, fields: type.fields.map(([name, of]) => [name, use(of)]) });
    case "variant":
      return define({ ...type, cases: type.cases.map(([name, of]) => [name, optional(of)]) });
    default:
      return define({ kind: type.kind, names: type.names });
  }
}

export function lowered(codec: Codec, memory: GuestMemory, value: unknown): FlatValue[] {
  const flat: FlatValue[] = [];
  codec.lower(memory, value, flat);
  return flat;
}

export function lifted(codec: Codec, memory: GuestMemory, ...flat: unknown[]): unknown {
  return codec.lift(memory, new FlatReader(flat));
}
