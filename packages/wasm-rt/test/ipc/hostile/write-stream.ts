import { Builder } from "flatbuffers";
import type {
  BatchSpec,
  DictionarySpec,
  FieldSpec,
  MessageSpec,
  SchemaSpec,
  SlotSpec,
  StreamSpec,
  TypeSpec,
} from "./stream-spec.ts";

// Slots and kinds of Message.fbs and Schema.fbs.
const HEADER_KINDS = { schema: 1, dictionary: 2, batch: 3 } as const;
const V5 = 4;

export function writeStream({ messages, end }: StreamSpec): Uint8Array {
  return Buffer.concat([...messages.map(writeMessage), end]);
}

function writeMessage(message: MessageSpec): Uint8Array {
  const metadata = messageMetadata(message);
  const padded = Math.ceil(metadata.length / 8) * 8;
  const framed = new Uint8Array(8 + padded + message.body.length);
  const view = new DataView(framed.buffer);
  view.setUint32(0, message.continuation ?? 0xffffffff, true);
  view.setInt32(4, message.metadataBytes ?? padded, true);
  framed.set(metadata, 8);
  framed.set(message.body, 8 + padded);
  return framed;
}

function messageMetadata(message: MessageSpec): Uint8Array {
  const b = new Builder();
  b.forceDefaults(true);
  const { header } = message;
  const offset = header && writeHeader(b, header);
  const metadata = message.metadata && keyValues(b, message.metadata);
  const kind = message.headerKind ?? (header ? HEADER_KINDS[header.is] : 0);
  const root = table(b, [
    ["i16", message.version ?? V5],
    ["i8", kind],
    ["offset", offset],
    ["i64", message.bodyLength ?? message.body.length],
    ["offset", metadata],
  ]);
  b.finish(root);
  return b.asUint8Array();
}

function writeHeader(b: Builder, header: SchemaSpec | BatchSpec | DictionarySpec): number {
  switch (header.is) {
    case "schema": {
      const fields =
        header.fields &&
        offsets(
          b,
          header.fields.map((f) => writeField(b, f)),
        );
      const metadata = header.metadata && keyValues(b, header.metadata);
      return table(b, [
        ["i16", header.endianness ?? 0],
        ["offset", fields],
        ["offset", metadata],
      ]);
    }
    case "batch":
      return writeBatch(b, header);
    case "dictionary":
      return table(b, [
        ["i64", header.id],
        ["offset", header.data && writeBatch(b, header.data)],
        ["i8", header.isDelta ? 1 : 0],
      ]);
  }
}

function writeBatch(b: Builder, batch: BatchSpec): number {
  const nodes =
    batch.nodes &&
    pairs(
      b,
      batch.nodes.map((n) => [n.length, n.nullCount]),
    );
  const buffers =
    batch.buffers &&
    pairs(
      b,
      batch.buffers.map((r) => [r.offset, r.length]),
    );
  const compression =
    batch.compression &&
    table(b, [
      ["i8", batch.compression.codec],
      ["i8", 0],
    ]);
  const counts = batch.variadicCounts && int64s(b, batch.variadicCounts);
  return table(b, [
    ["i64", batch.length],
    ["offset", nodes],
    ["offset", buffers],
    ["offset", compression],
    ["offset", counts],
  ]);
}

// A field that is there twice is one table, which two places refer to.
function writeField(b: Builder, field: FieldSpec): number {
  const known = written.get(b)?.get(field);
  if (known !== undefined) return known;
  const at = writeNewField(b, field);
  const fields = written.get(b) ?? new Map<FieldSpec, number>();
  written.set(b, fields.set(field, at));
  return at;
}

const written = new WeakMap<Builder, Map<FieldSpec, number>>();

function writeNewField(b: Builder, field: FieldSpec): number {
  const children = offsets(
    b,
    (field.children ?? []).map((child) => writeField(b, child)),
  );
  const name = field.name === undefined ? undefined : writeName(b, field.name);
  const type = field.type.absent ? undefined : writeType(b, field.type);
  const metadata = field.metadata && keyValues(b, field.metadata);
  const dictionary = field.dictionary && writeEncoding(b, field.dictionary);
  return table(b, [
    ["offset", name],
    ["i8", field.nullable ? 1 : 0],
    ["i8", field.type.kind],
    ["offset", type],
    ["offset", dictionary],
    ["offset", children],
    ["offset", metadata],
  ]);
}

// Long names are shared.
function writeName(b: Builder, name: string): number {
  return name.length > 100 ? b.createSharedString(name) : b.createString(name);
}

function writeEncoding(b: Builder, encoding: NonNullable<FieldSpec["dictionary"]>): number {
  const index = encoding.index && writeType(b, encoding.index);
  return table(b, [
    ["i64", encoding.id],
    ["offset", index],
    ["i8", 0],
    ["i16", encoding.kind ?? 0],
  ]);
}

function writeType(b: Builder, { slots }: TypeSpec): number {
  // What a slot refers to comes before the table.
  return table(
    b,
    slots.map((slot) => writeSlot(b, slot)),
  );
}

function writeSlot(b: Builder, slot: SlotSpec): Slot {
  if ("i8" in slot) return ["i8", slot.i8];
  if ("i16" in slot) return ["i16", slot.i16];
  if ("i32" in slot) return ["i32", slot.i32];
  if ("text" in slot) return ["offset", b.createString(slot.text)];
  b.startVector(4, slot.i32s.length, 4);
  for (const value of slot.i32s.toReversed()) b.addInt32(value);
  return ["offset", b.endVector()];
}

type Slot = readonly [
  kind: "i8" | "i16" | "i32" | "i64" | "offset",
  value: number | bigint | undefined,
];

function table(b: Builder, slots: readonly Slot[]): number {
  b.startObject(slots.length);
  for (const [slot, [kind, value]] of slots.entries()) {
    if (value === undefined) continue;
    if (kind === "i8") b.addFieldInt8(slot, Number(value), 0);
    else if (kind === "i16") b.addFieldInt16(slot, Number(value), 0);
    else if (kind === "i32") b.addFieldInt32(slot, Number(value), 0);
    else if (kind === "i64") b.addFieldInt64(slot, BigInt(value), 0n);
    else b.addFieldOffset(slot, Number(value), 0);
  }
  return b.endObject();
}

function offsets(b: Builder, values: readonly number[]): number {
  b.startVector(4, values.length, 4);
  for (const value of values.toReversed()) b.addOffset(value);
  return b.endVector();
}

function int64s(b: Builder, values: readonly (number | bigint)[]): number {
  b.startVector(8, values.length, 8);
  for (const value of values.toReversed()) b.addInt64(BigInt(value));
  return b.endVector();
}

function pairs(
  b: Builder,
  values: readonly (readonly [number | bigint, number | bigint])[],
): number {
  b.startVector(16, values.length, 8);
  for (const [first, second] of values.toReversed()) {
    b.addInt64(BigInt(second));
    b.addInt64(BigInt(first));
  }
  return b.endVector();
}

function keyValues(b: Builder, entries: readonly (readonly [string, string])[]): number {
  const tables = entries.map(([key, value]) => {
    const k = b.createString(key);
    const v = b.createString(value);
    return table(b, [
      ["offset", k],
      ["offset", v],
    ]);
  });
  return offsets(b, tables);
}
