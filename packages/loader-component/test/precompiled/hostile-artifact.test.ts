import { readComponent } from "@uni/fixtures";
import { describe, expect, it } from "vitest";
import { ComponentLoader } from "../../src/index.ts";
import { entryOf } from "../translate/stateful.ts";
import { fateOf } from "./fate.ts";
import { forged, partsOf, rehashed, sealed, withModule, withModules } from "./forge.ts";
import { variantsOf } from "./variants.ts";

/** Three core modules, and imports of the host. */
const ARTIFACT = entryOf(readComponent("probe"));
const PARTS = partsOf(ARTIFACT);
const CHECKSUM_BYTES = 32;
/** Without the module that fills a table, a guest is there and traps once it calls the host. */
const HARMLESS = /^(INVALID_PLUGIN|INSTANTIATE|loaded: TRAP)$/;

/** Numbers from 0 up to a limit, the same in every run. */
function positions(count: number, limit: number): readonly number[] {
  // Multiples of the golden ratio of 2 ** 32 lie evenly.
  return Array.from({ length: count }, (_, i) => (Math.imul(i, 2_654_435_761) >>> 0) % limit);
}

/** How often which fate was met. */
async function fatesOf(all: Iterable<Uint8Array>): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const bytes of all) {
    const fate = await fateOf(bytes);
    counts.set(fate, (counts.get(fate) ?? 0) + 1);
  }
  return counts;
}

const flipped = (at: number, bit = 1) => ARTIFACT.map((byte, i) => (i === at ? byte ^ bit : byte));

it("is met unharmed", async () => {
  expect(Buffer.compare(forged(PARTS), ARTIFACT)).toBe(0);
  expect(await fateOf(ARTIFACT)).toBe("loaded: ran");
});

describe("an artifact that was damaged is refused", () => {
  it("with any bit flipped", async () => {
    const all = positions(400, ARTIFACT.length).map((at) => flipped(at, 1 << (at % 8)));
    const last = flipped(ARTIFACT.length - 1);
    expect([...(await fatesOf([...all, last]))]).toEqual([["INVALID_PLUGIN", 401]]);
  });

  it("wherever it is cut off, and with bytes too many", async () => {
    const lengths = [...Array(60).keys(), ...positions(200, ARTIFACT.length), ARTIFACT.length - 1];
    const all = lengths.map((length) => ARTIFACT.subarray(0, length));
    const longer = Buffer.concat([ARTIFACT, Uint8Array.of(0)]);
    expect([...(await fatesOf([...all, longer]))]).toEqual([["INVALID_PLUGIN", all.length + 1]]);
  });

  it("in words that say so, and what to do", async () => {
    const damaged = new ComponentLoader({ cache: false }).load(flipped(ARTIFACT.length >> 1));
    await expect(damaged).rejects.toMatchObject({
      name: "ComponentError",
      code: "INVALID_PLUGIN",
      message:
        "the precompiled component is not valid: its checksum does not match, so it was damaged or cut off; precompile it again",
    });
  });
});

describe("an artifact that was forged, with a checksum that is right, is refused typed or runs", () => {
  it("wherever it is cut off", async () => {
    const all = positions(200, ARTIFACT.length - CHECKSUM_BYTES).map((length) =>
      rehashed(ARTIFACT.subarray(0, length + CHECKSUM_BYTES)),
    );
    expect([...(await fatesOf(all))]).toEqual([["INVALID_PLUGIN", 200]]);
  });

  it("with any bit of its header flipped", async () => {
    const headerEnd = ARTIFACT.length - PARTS.modules.reduce((sum, m) => sum + m.length, 0);
    const all = positions(200, headerEnd - CHECKSUM_BYTES).map((at) =>
      rehashed(flipped(at, 1 << (at % 7))),
    );
    const fates = await fatesOf(all);
    expect(fates.get("INVALID_PLUGIN")).toBeGreaterThan(50);
  });

  it("with any bit of its modules flipped", async () => {
    const bytes = PARTS.modules.reduce((sum, { length }) => sum + length, 0);
    const start = ARTIFACT.length - CHECKSUM_BYTES - bytes;
    const all = positions(80, bytes).map((at) => rehashed(flipped(start + at, 1 << (at % 8))));
    const fates = await fatesOf(all);
    expect(fates.get("INVALID_PLUGIN")).toBeGreaterThan(10);
  });

  it("with its modules in another order, one of them twice, or too few", async () => {
    const [a, b, c] = PARTS.modules;
    if (a === undefined || b === undefined || c === undefined) throw new Error("three modules");
    const orders = [[c, b, a], [b, a, c], [a, c, b], [b, b, b], [a, b, a], [a, b], [b], []];
    const fates = await fatesOf(orders.map((modules) => forged(withModules(PARTS, modules))));
    for (const fate of fates.keys()) expect(fate).toMatch(HARMLESS);
  });

  it("with modules that say another length than they have", async () => {
    const lengths = PARTS.modules.map(({ length }) => length);
    const [first = 0, second = 0, third = 0] = lengths;
    const lies = [
      [first + 1, second - 1, third],
      [0, first + second, third],
      [2 ** 32 - 1, second, third],
      [...lengths, 0],
      [...lengths, 1],
      Array(9_999).fill(0),
    ];
    const all = lies.map((modules) => forged({ ...PARTS, header: { ...PARTS.header, modules } }));
    const fates = await fatesOf(all);
    // A module more, of no bytes, is none that any instance is of; it is no module either.
    expect([...fates.keys()]).toEqual(["INVALID_PLUGIN"]);
  });

  it("with a module that is none, a component, or one without what the plan takes of it", async () => {
    const empty = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
    const others = [new Uint8Array(), Uint8Array.of(1, 2, 3), readComponent("text"), empty];
    const all = PARTS.modules.flatMap((_, i) => others.map((other) => withModule(PARTS, i, other)));
    const fates = await fatesOf(all.map((parts) => forged(parts)));
    for (const fate of fates.keys()) expect(fate).toMatch(HARMLESS);
  });

  it("with a header that is anything else, or says that it is longer than all", async () => {
    const text = new TextEncoder();
    const deep = "[".repeat(50_000) + "]".repeat(50_000);
    const headers = ["", "null", "[]", "{}", "7", '"x"', "{", deep, `{"key":${deep}}`, "\u00e9"];
    const all = headers.map((header) => sealed(PARTS.magic, text.encode(header), PARTS.modules));
    all.push(sealed(PARTS.magic, Uint8Array.of(0xff, 0xfe), PARTS.modules));
    for (const length of [0, 1, ARTIFACT.length, 2 ** 31, 2 ** 32 - 1])
      all.push(forged(PARTS, length));
    expect([...(await fatesOf(all))]).toEqual([["INVALID_PLUGIN", all.length]]);
  });
});

describe("a plan with one value changed is refused typed or runs", () => {
  // Of functions that look alike to a plan, one is enough.
  const alike = /^(trampolines\.1|exports\.0|imports\.0)\./;
  const variants = variantsOf(PARTS.header.plan).filter(({ title }) => !alike.test(title));
  const parts = ["types", "imports", "trampolines", "instances", "exports"] as const;

  it.each(parts)("in its %s", async (part) => {
    const changed = variants.filter(({ title }) => title.startsWith(part));
    expect(changed.length).toBeGreaterThan(50);
    const untyped: string[] = [];
    for (const { title, document } of changed) {
      const bytes = forged({ ...PARTS, header: { ...PARTS.header, plan: document } });
      await fateOf(bytes).catch((error: unknown) => untyped.push(`${title}: ${error}`));
    }
    expect(untyped).toEqual([]);
  });

  it("anywhere else in the header", async () => {
    const changed = variantsOf(PARTS.header).filter(({ title }) => !title.startsWith("plan."));
    const fates = await fatesOf(
      changed.map(({ document }) => forged({ ...PARTS, header: document as typeof PARTS.header })),
    );
    // The key is what a cache compares; to a loader it is a text.
    expect([...fates.keys()].toSorted()).toEqual(["INVALID_PLUGIN", "loaded: ran"]);
  });
});
