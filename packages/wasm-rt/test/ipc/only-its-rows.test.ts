import {
  Binary,
  Bool,
  type Data,
  DenseUnion,
  Field,
  Float64,
  Int32,
  List,
  makeData,
  Utf8,
  Utf8View,
  vectorFromArray,
} from "apache-arrow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeBatch, encodeBatch } from "../../src/index.ts";
import { batchOf, valuesOf } from "./batches.ts";
import { KINDS } from "./columns.ts";

// A slice is what its owner lets a guest see. The rows around it may be somebody else's.

const OTHERS = "somebody else's row";
const OWN = "a row of one's own";

function column(values: readonly unknown[], type: ConstructorParameters<typeof Field>[1]): Data {
  const [data] = vectorFromArray([...values], type).data;
  if (data === undefined) throw new Error("a vector has data");
  return data;
}

const middle = (data: Data) => encodeBatch(batchOf({ c: data }).slice(2, 4));
const has = (bytes: Uint8Array, text: string) => Buffer.from(bytes).includes(text);

const rows = [OTHERS, OTHERS, OWN, OWN, OTHERS];
const texts: Record<string, Data> = {
  utf8: column(rows, new Utf8()),
  binary: column(
    rows.map((text) => Buffer.from(text)),
    new Binary(),
  ),
  utf8View: column(rows, new Utf8View()),
  "list of utf8": column(
    rows.map((text) => [text, text]),
    new List(new Field("item", new Utf8(), true)),
  ),
  "list of utf8View": column(
    rows.map((text) => [text]),
    new List(new Field("item", new Utf8View(), true)),
  ),
};
const union = new DenseUnion(
  [0, 1],
  [new Field("s", new Utf8(), true), new Field("i", new Int32(), true)],
);
texts["dense union of utf8"] = makeData({
  type: union,
  length: 5,
  typeIds: Int8Array.of(0, 0, 0, 0, 0),
  valueOffsets: Int32Array.of(0, 1, 2, 3, 4),
  children: [column(rows, new Utf8()), column([], new Int32())],
});

describe("encoding a slice", () => {
  for (const [name, data] of Object.entries(texts)) {
    it(`lets no other row of ${name} out`, () => {
      const bytes = middle(data);
      expect(has(bytes, OWN)).toBe(true);
      expect(has(bytes, OTHERS)).toBe(false);
      const batch = decodeBatch(bytes);
      expect(JSON.stringify(batch && valuesOf(batch))).toContain(name === "binary" ? "[[" : OWN);
    });
  }

  it("lets no other bit out of a bitmap or of booleans", () => {
    const values = Array.from({ length: 64 }, (_, i) => (i >= 8 && i < 11 ? null : true));
    const slice = encodeBatch(batchOf({ c: column(values, new Bool()) }).slice(8, 11));
    const batch = decodeBatch(slice, { owned: true });
    const [data] = batch?.data.children ?? [];
    // All of the byte that has the three bits, not only the bits.
    expect([...(data?.nullBitmap ?? [])]).toEqual([0]);
    const set = encodeBatch(
      batchOf({ c: column(new Array(64).fill(true), new Bool()) }).slice(8, 11),
    );
    expect([...(decodeBatch(set)?.data.children[0]?.values ?? [])]).toEqual([0b111]);
  });

  it("lets out nothing between the values of views that were picked", () => {
    // As a filter leaves them: views of some values, in another order, and the buffer of all.
    const all = column([OTHERS, OWN, OTHERS, OWN.toUpperCase(), OTHERS], new Utf8View());
    const views = new Uint8Array(32);
    views.set(all.values.subarray(48, 64), 0);
    views.set(all.values.subarray(16, 32), 16);
    const variadicBuffers = [...all.variadicBuffers];
    const picked = makeData({ type: new Utf8View(), length: 2, views, variadicBuffers });
    const bytes = encodeBatch(batchOf({ c: picked }));
    expect(has(bytes, OTHERS)).toBe(false);
    const batch = decodeBatch(bytes);
    expect(batch && valuesOf(batch)).toEqual([[OWN.toUpperCase(), OWN]]);
  });

  it("lets out no value of a view that is null", () => {
    const all = column([OWN, OTHERS, OWN], new Utf8View());
    const variadicBuffers = [...all.variadicBuffers];
    const nullBitmap = Uint8Array.of(0b101);
    const type = new Utf8View();
    const views = all.values;
    const masked = makeData({ type, length: 3, nullBitmap, views, variadicBuffers });
    const bytes = encodeBatch(batchOf({ c: masked }));
    expect(has(bytes, OTHERS)).toBe(false);
    const batch = decodeBatch(bytes);
    expect(batch && valuesOf(batch)).toEqual([[OWN, null, OWN]]);
  });

  // A dictionary crosses whole.
  const kinds = Object.entries(KINDS).filter(([name]) => !name.startsWith("dictionary"));
  for (const [name, kind] of kinds) {
    it(`takes as many bytes of ${name} as its rows alone`, () => {
      const [first] = fc.sample(kind.value, { numRuns: 1, seed: 9 });
      const few = batchOf({ c: kind.build([first, first]) });
      const many = batchOf({ c: kind.build(new Array(100).fill(first)) }).slice(40, 42);
      expect(encodeBatch(many).length).toBe(encodeBatch(few).length);
    });
  }

  it("keeps the numbers of the slice", () => {
    const bytes = middle(column([1, 2, 3, 4, 5], new Float64()));
    const batch = decodeBatch(bytes);
    expect(batch && valuesOf(batch)).toEqual([[3, 4]]);
  });
});
