import { aligned, type Codec, flatTypes } from "./codec.ts";

/** `tuple`: an array. */
export function tupleCodec(items: readonly Codec[]): Codec {
  const offsets: number[] = [];
  let end = 0;
  for (const item of items) {
    const offset = aligned(end, item.alignment);
    offsets.push(offset);
    end = offset + item.size;
  }
  const alignment = Math.max(1, ...items.map((item) => item.alignment));
  const at = (base: number, i: number) => base + (offsets[i] as number);
  return {
    size: aligned(end, alignment),
    alignment,
    flat: flatTypes(items),
    depth: 1 + Math.max(0, ...items.map(({ depth }) => depth)),
    load: (memory, base) => items.map((item, i) => item.load(memory, at(base, i))),
    store: (memory, base, value) => {
      const values = value as readonly unknown[];
      for (const [i, item] of items.entries()) item.store(memory, at(base, i), values[i]);
    },
    lift: (memory, reader) => items.map((item) => item.lift(memory, reader)),
    lower: (memory, value, out) => {
      const values = value as readonly unknown[];
      for (const [i, item] of items.entries()) item.lower(memory, values[i], out);
    },
  };
}

/** `record`: an object without a prototype, by field name. */
export function recordCodec(names: readonly string[], types: readonly Codec[]): Codec {
  const tuple = tupleCodec(types);
  const toRecord = (values: unknown) => {
    const record: Record<string, unknown> = Object.create(null);
    for (const [i, name] of names.entries()) record[name] = (values as readonly unknown[])[i];
    return record;
  };
  const toValues = (value: unknown) =>
    names.map((name) => (value as Readonly<Record<string, unknown>>)[name]);
  return {
    ...tuple,
    load: (memory, at) => toRecord(tuple.load(memory, at)),
    store: (memory, at, value) => tuple.store(memory, at, toValues(value)),
    lift: (memory, reader) => toRecord(tuple.lift(memory, reader)),
    lower: (memory, value, out) => tuple.lower(memory, toValues(value), out),
  };
}
