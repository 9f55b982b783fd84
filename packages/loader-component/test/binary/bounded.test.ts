// Small components that unfold into huge ones: refused before they do.
import { describe, expect, it } from "vitest";
import { panics } from "../hostile/panics.ts";
import { assemble } from "../hostile/wat.ts";
import { component, name, PREAMBLE, section, u32 } from "./bytes.ts";
import { refusalOf, verdict } from "./verdict.ts";

/** `(component $c (alias outer 1 <index> (component)) (instance (instantiate 0)))` */
function instantiatesOuter(index: number): number[] {
  const alias = section(6, 1, [4, 2, 1], u32(index));
  return section(4, [...PREAMBLE], alias, section(5, 1, [0, 0, 0]));
}

/** A component in a component and so on, each with its preamble and its length. */
function nested(depth: number): number[] {
  let bytes: number[] = [...PREAMBLE];
  for (let i = 0; i < depth; i++) bytes = [...PREAMBLE, ...section(4, bytes)];
  return bytes;
}

/** The type of an instance that holds the type of an instance and so on. */
function nestedTypes(depth: number, form: 0x41 | 0x42): number[] {
  const start = Array.from({ length: depth }, () => [form, 1, 1]).flat();
  return section(7, 1, start, 0x7f);
}

describe("a component that unfolds", () => {
  it.each(["2^40 instances", "2^16 results"])("is a plan or refused: %s", async (which) => {
    const panic = panics.find(({ name }) => name === which);
    verdict((await panic?.component()) as Uint8Array);
  });

  it("is refused for the number of its definitions, not once they are all there", async () => {
    const panic = panics.find(({ name }) => name === "2^40 instances");
    const bytes = (await panic?.component()) as Uint8Array;
    expect(refusalOf(bytes).message).toMatch(/more than 200000 definitions/);
  });

  it("is refused for a chain of components that instantiate one another", () => {
    const length = 20_000;
    const chain = Array.from({ length }, (_, i) => instantiatesOuter(i));
    const first = section(4, [...PREAMBLE]);
    const last = section(5, 1, [0, ...u32(length), 0]);
    refusalOf(component(first, ...chain, last));
  });

  it("is refused for a large type that is defined in each of many instances", () => {
    // As many fields as a record may have; two million of them in 50 KB.
    const fields = Array.from({ length: 4000 }, (_, i) => [...name(`f${i}`), 0x7f]).flat();
    const large = section(4, [...PREAMBLE], section(7, 1, 0x72, u32(4000), fields));
    const instances = Array.from({ length: 500 }, () => [0, 0, 0]).flat();
    refusalOf(component(large, section(5, u32(500), instances)));
  });

  it("is refused for one import that is an instance of very many types", () => {
    const type = section(7, 1, 0x42, u32(200_001), Array(200_001).fill([1, 0x7f]).flat());
    const bytes = component(type, section(10, 1, [0, ...name("a"), 5, 0]));
    expect(refusalOf(bytes).message).toMatch(/definitions/);
  });

  it("is refused for components nested more than eight deep", () => {
    expect(verdict(Uint8Array.from(nested(8)))).toMatchObject({ modules: [] });
    expect(refusalOf(Uint8Array.from(nested(9))).message).toMatch(/nested more than 8 deep/);
    expect(refusalOf(Uint8Array.from(nested(200))).message).toMatch(/nested more than 8 deep/);
  });

  it.each([0x41, 0x42] as const)("is refused for types nested in types of the form %i", (form) => {
    verdict(component(nestedTypes(32, form)));
    for (const depth of [33, 100_000]) {
      const { message } = refusalOf(component(nestedTypes(depth, form)));
      expect(message).toMatch(/nested more than 32 deep/);
    }
  });

  it("is refused for types that refer to types more than a hundred deep", () => {
    const lists = (count: number) =>
      section(
        7,
        u32(count + 1),
        0x7f,
        ...Array.from({ length: count }, (_, i) => [0x70, ...u32(i)]),
      );
    verdict(component(lists(100)));
    expect(refusalOf(component(lists(10_000))).message).toMatch(/nested more than 100 deep/);
  });

  it("is refused for a type of more bytes than any memory should give", () => {
    // Tuples of eight of the tuple before: 8^i bytes.
    const tuples = Array.from({ length: 20 }, (_, i) => [0x6f, 8, ...Array(8).fill(u32(i)).flat()]);
    const bytes = component(section(7, 21, 0x7d, ...tuples));
    expect(refusalOf(bytes).message).toMatch(/a tuple of \d+ bytes/);
  });

  it("is refused for more than 256 core instances", async () => {
    const text = (count: number) =>
      `(component (core module $m) ${"(core instance (instantiate $m))".repeat(count)})`;
    expect(verdict(await assemble(text(256)))).toMatchObject({ modules: { length: 1 } });
    expect(refusalOf(await assemble(text(257))).message).toMatch(/257 core instances/);
  });
});
