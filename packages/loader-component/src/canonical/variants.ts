import type { Tagged } from "../host/values.ts";
import { aligned, type Codec, MAX_FLAT } from "./codec.ts";
import { FlatReader, type FlatType, type FlatValue, joined, narrow, widen } from "./flat.ts";
import { PRIMITIVE_CODECS } from "./primitives.ts";
import { trapped } from "./trapped.ts";

/** A case of a variant, which may carry a value. */
export interface Case {
  readonly name: string;
  readonly payload: Codec | undefined;
}

/** `variant`, `option` and `result`. */
export function variantCodec(cases: readonly Case[]): Codec {
  const payloads = cases.flatMap(({ payload }) => payload ?? []);
  const discriminant = discriminantCodec(cases.length);
  const alignment = Math.max(discriminant.size, ...payloads.map((codec) => codec.alignment));
  const start = aligned(
    discriminant.size,
    Math.max(1, ...payloads.map((codec) => codec.alignment)),
  );
  const size = aligned(start + Math.max(0, ...payloads.map((codec) => codec.size)), alignment);
  const slots = joinedTypes(payloads);

  const caseOf = (index: number): Case => {
    const found = cases[index];
    if (found === undefined) throw trapped(`${index} is no case of ${names(cases)}`);
    return found;
  };
  const indexOf = ({ tag }: Tagged) => cases.findIndex(({ name }) => name === tag);
  return {
    size,
    alignment,
    flat: slots === undefined ? undefined : ["i32", ...slots],
    depth: 1 + Math.max(0, ...payloads.map(({ depth }) => depth)),
    load: (memory, at) => {
      const { name, payload } = caseOf(discriminant.load(memory, at) as number);
      return tagged(name, payload?.load(memory, at + start));
    },
    store: (memory, at, value) => {
      const given = value as Tagged;
      const index = indexOf(given);
      // The payload first: it may allocate, which moves the memory.
      caseOf(index).payload?.store(memory, at + start, given.value);
      discriminant.store(memory, at, index);
    },
    lift: (memory, reader) => {
      const { name, payload } = caseOf(reader.number() >>> 0);
      const values = (slots ?? []).map((slot) => reader.next(slot));
      const own = payload?.flat?.map((type, i) =>
        narrow(values[i] as FlatValue, slots?.[i] ?? type, type),
      );
      return tagged(name, payload?.lift(memory, new FlatReader(own ?? [])));
    },
    lower: (memory, value, out) => {
      const given = value as Tagged;
      const index = indexOf(given);
      const { payload } = caseOf(index);
      const own: FlatValue[] = [];
      payload?.lower(memory, given.value, own);
      out.push(index);
      for (const [i, slot] of (slots ?? []).entries()) {
        const part = own[i];
        const none = slot === "i64" ? 0n : 0;
        out.push(part === undefined ? none : widen(part, payload?.flat?.[i] ?? slot, slot));
      }
    },
  };
}

/** `enum`: the name of its case. */
export function enumCodec(names: readonly string[]): Codec {
  const codec = variantCodec(names.map((name) => ({ name, payload: undefined })));
  return {
    ...codec,
    load: (memory, at) => (codec.load(memory, at) as Tagged).tag,
    store: (memory, at, value) => codec.store(memory, at, { tag: value }),
    lift: (memory, reader) => (codec.lift(memory, reader) as Tagged).tag,
    lower: (memory, value, out) => codec.lower(memory, { tag: value }, out),
  };
}

/** An integer that tells so many cases, or holds so many flags, apart. */
export function discriminantCodec(cases: number): Codec {
  if (cases <= 1 << 8) return PRIMITIVE_CODECS.u8;
  return cases <= 1 << 16 ? PRIMITIVE_CODECS.u16 : PRIMITIVE_CODECS.u32;
}

function joinedTypes(payloads: readonly Codec[]): readonly FlatType[] | undefined {
  const slots: FlatType[] = [];
  for (const { flat } of payloads) {
    if (flat === undefined) return undefined;
    for (const [i, type] of flat.entries()) slots[i] = joined(slots[i] ?? type, type);
  }
  return slots.length < MAX_FLAT ? slots : undefined;
}

function tagged(tag: string, value: unknown): Tagged {
  return value === undefined ? { tag } : { tag, value };
}

function names(cases: readonly Case[]): string {
  return cases
    .slice(0, 8)
    .map(({ name }) => name)
    .join(", ");
}
