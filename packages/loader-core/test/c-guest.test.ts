import { batchOf } from "@uni/loader-tests";
import { encodeBatch } from "@uni/wasm-rt";
import { Binary, Float64, Utf8 } from "apache-arrow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnsOf, envelope, guestBytes, RawCore } from "./raw-core.ts";

type Text = string | null;
type Double = number | null;

const guest = new RawCore(guestBytes("text_distance"));
const text = new Utf8();

const texts = (...columns: readonly (readonly Text[])[]) =>
  encodeBatch(batchOf(...columns.map((values, i) => [values, text, `arg${i}`] as const)));
const numbers = (...columns: readonly (readonly Double[])[]) =>
  encodeBatch(batchOf(...columns.map((values, i) => [values, new Float64(), `arg${i}`] as const)));

const column = (stream: Uint8Array) => {
  const columns = columnsOf(stream);
  expect(columns).toHaveLength(1);
  return columns[0];
};
const levenshtein = (a: readonly Text[], b: readonly Text[]) =>
  column(guest.answer("invoke_ai_example_fuzzy_levenshtein", texts(a, b)));
const clamp = (...columns: readonly (readonly Double[])[]) =>
  column(guest.answer("invoke_ai_example_fuzzy_clamp", numbers(...columns)));

/** The whole table, by the definition. */
function distance(left: string, right: string): number {
  const [a, b] = [[...left], [...right]];
  const table = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  const at = (i: number, j: number) => table[i]?.[j] ?? Number.POSITIVE_INFINITY;
  for (let i = 0; i <= a.length; i++) {
    for (let j = 0; j <= b.length; j++) {
      const replaced = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const best = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, replaced);
      (table[i] as Uint32Array)[j] = i + j === 0 ? 0 : best;
    }
  }
  return at(a.length, b.length);
}

const distances = (a: readonly Text[], b: readonly Text[]) =>
  a.map((left, i) => {
    const right = b[i] ?? null;
    return left === null || right === null ? null : distance(left, right);
  });

/** Few letters, so that texts have much in common; of one to four bytes of UTF-8. */
const letter = fc.constantFrom("a", "b", "ß", "ﬀ", "€", "😀", "𝒳", "\u0000");
const word = fc.oneof(
  fc.string({ unit: letter, maxLength: 20 }),
  fc.string({ unit: "binary", maxLength: 20 }),
);
const pairs = fc
  .array(fc.tuple(fc.option(word), fc.option(word)), { maxLength: 40 })
  .map((rows) => [rows.map(([a]) => a), rows.map(([, b]) => b)] as const);

describe("the documents", () => {
  it("are those of a plugin of the core ABI", () => {
    expect(guest.document("manifest")).toMatchObject({
      id: "ai.example.fuzzy",
      "abi-core": "^1",
      determinism: "pure",
    });
    const { entries } = guest.document("register") as { entries: { qname: string }[] };
    expect(entries.map(({ qname }) => qname)).toEqual([
      "ai.example.fuzzy.levenshtein",
      "ai.example.fuzzy.clamp",
      "ai.example.fuzzy.longest",
    ]);
  });

  it("need nothing of the host", () => {
    expect(WebAssembly.Module.imports(guest.module)).toEqual([]);
  });
});

describe("levenshtein", () => {
  it("is what it is known to be", () => {
    const a = ["kitten", "Saturday", "", "abc", "😀b", "same", null, "x", null];
    const b = ["sitting", "Sunday", "abc", "", "b😀", "same", "x", null, null];
    expect(levenshtein(a, b)).toEqual([3, 3, 3, 3, 2, 0, null, null, null]);
  });

  it("counts code points, not bytes or UTF-16 units", () => {
    expect(levenshtein(["😀", "é", "é"], ["😁", "e", "e\u0301"])).toEqual([1, 1, 2]);
  });

  it("has no rows for no rows", () => {
    expect(levenshtein([], [])).toEqual([]);
  });

  it("is the distance of any texts", () => {
    const property = fc.property(pairs, ([a, b]) => {
      expect(levenshtein(a, b)).toEqual(distances(a, b));
    });
    fc.assert(property, { numRuns: 200 });
  });

  it("has ten thousand rows for as many", () => {
    const a = Array.from({ length: 10_000 }, (_, i) => (i % 7 === 0 ? null : `row ${i * 37}`));
    const b = Array.from({ length: 10_000 }, (_, i) => (i % 11 === 0 ? null : `😀ro ${i * 41}`));
    expect(levenshtein(a, b)).toEqual(distances(a, b));
  });

  it("takes texts of thousands of code points", () => {
    const [a, b] = ["ab😀".repeat(700), "a😀c".repeat(600)];
    expect(levenshtein([a], [b])).toEqual([distance(a, b)]);
  });
});

describe("clamp", () => {
  it("keeps a number within its bounds", () => {
    expect(clamp([1, 5, -5, 2, null, 1], [0, 0, 0, 2, 0, null], [3, 3, 3, 2, 3, 3])).toEqual([
      1,
      3,
      0,
      2,
      null,
      null,
    ]);
  });

  it("is what it is defined to be of any numbers, or fails in the first row that it must", () => {
    const value = fc.option(fc.double());
    const rows = fc.array(fc.tuple(value, value, value), { maxLength: 20 });
    const property = fc.property(rows, (triples) => {
      const columns = [0, 1, 2].map((i) => triples.map((triple) => triple[i] ?? null));
      const isBad = ([x, low, high]: readonly Double[]) =>
        x != null && low != null && high != null && low > high;
      const bad = triples.findIndex(isBad);
      if (bad >= 0) {
        expect(guest.failure("invoke_ai_example_fuzzy_clamp", numbers(...columns))).toEqual({
          code: 22,
          message: `clamp: low is above high in row ${bad}`,
        });
        return;
      }
      const expected = triples.map(([x, low, high]) => {
        if (x === null || low === null || high === null) return null;
        // Not Math.min and Math.max: with them a bound that is NaN would be the answer.
        if (x < low) return low;
        if (x > high) return high;
        return x;
      });
      expect(clamp(...columns)).toEqual(expected);
    });
    fc.assert(property, { numRuns: 300 });
  });

  it("does not fail for bounds in a row with a null", () => {
    expect(clamp([null, null], [2, null], [1, 1])).toEqual([null, null]);
  });

  it("tells of a row far behind", () => {
    const columns = [0, 1, 2].map((i) => Array.from({ length: 10_000 }, () => i));
    (columns[2] as number[])[9_876] = 0.5;
    expect(guest.failure("invoke_ai_example_fuzzy_clamp", numbers(...columns)).message).toBe(
      "clamp: low is above high in row 9876",
    );
  });
});

describe("longest", () => {
  const step = (name: string) => `agg_ai_example_fuzzy_longest_${name}`;
  const start = () => guest.answer(step("new"));
  const update = (state: Uint8Array, values: readonly Text[]) =>
    guest.answer(step("update"), envelope(state, texts(values)));
  const merge = (state: Uint8Array, states: readonly (Uint8Array | null)[]) => {
    const stream = encodeBatch(batchOf([states, new Binary(), "partial_state"]));
    return guest.call(step("merge"), envelope(state, stream));
  };
  const evaluate = (state: Uint8Array) => column(guest.answer(step("evaluate"), state));

  const longest = (values: readonly Text[]) => {
    const size = (value: string) => [...value].length;
    const set = values.filter((value) => value !== null);
    const most = Math.max(...set.map(size));
    const utf8 = (value: string) => Buffer.from(value);
    const longestOnes = set.filter((value) => size(value) === most);
    return longestOnes.sort((a, b) => Buffer.compare(utf8(a), utf8(b)))[0] ?? null;
  };

  it("is null of nothing", () => {
    expect(evaluate(start())).toEqual([null]);
    expect(evaluate(update(start(), []))).toEqual([null]);
    expect(evaluate(update(start(), [null, null]))).toEqual([null]);
    expect(evaluate(merge(start(), []).payload)).toEqual([null]);
  });

  it("is text of nothing, where there is one", () => {
    expect(evaluate(update(start(), [null, ""]))).toEqual([""]);
  });

  it("counts code points, and takes the first of several", () => {
    expect(evaluate(update(start(), ["abc", "😀😀", "abd", "abé"]))).toEqual(["abc"]);
  });

  it("is the same however rows are spread over updates and merges", () => {
    const groups = fc.array(fc.array(fc.option(word), { maxLength: 6 }), { maxLength: 5 });
    const property = fc.property(groups, groups, (updates, others) => {
      const state = updates.reduce(update, start());
      const partials = others.map((values) => update(start(), values));
      const merged = merge(state, partials);
      expect(merged.status).toBe(0);
      const expected = longest([...updates.flat(), ...others.flat()]);
      expect(evaluate(merged.payload)).toEqual([expected]);
    });
    fc.assert(property, { numRuns: 100 });
  });

  it("takes ten thousand rows", () => {
    const values = Array.from({ length: 10_000 }, (_, i) => "é".repeat((i * 7919) % 10_007));
    expect(evaluate(update(start(), values))).toEqual([longest(values)]);
  });

  it("refuses states that are none", () => {
    const refused = { code: 23, message: "longest: the bytes are no state of it" };
    const bad = [[], [2], [0, 65], [1, 0xff], [1, 0xc3]].map((bytes) => Uint8Array.from(bytes));
    for (const state of bad) {
      expect(guest.failure(step("evaluate"), state)).toEqual(refused);
      expect(guest.failure(step("update"), envelope(state, texts(["a"])))).toEqual(refused);
      expect(merge(start(), [state]).status).toBe(23);
    }
    expect(merge(start(), [null]).status).toBe(23);
  });
});
