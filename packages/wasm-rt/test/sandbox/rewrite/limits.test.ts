import { describe, expect, it } from "vitest";
import { type HardenLimits, harden, hardenTogether } from "../../../src/index.ts";
import { exported, functionType, imported, leb, type ModuleParts, moduleOf } from "./module-of.ts";

const LIMITS: HardenLimits = { memoryPages: 8, tableElements: 8, heapBytes: 0 };
const [I32, I64, FUNCREF] = [0x7f, 0x7e, 0x70];

interface Case {
  readonly kind: "memory" | "table";
  readonly wide: boolean;
  readonly shared: boolean;
  readonly min: number;
  readonly max: number | undefined;
}

const CASES: readonly Case[] = (["memory", "table"] as const).flatMap((kind) =>
  [false, true].flatMap((wide) =>
    (kind === "memory" ? [false, true] : [false]).flatMap((shared) =>
      [undefined, 5, 8, 9, 1000]
        .filter((max) => !shared || max !== undefined)
        .map((max) => ({ kind, wide, shared, min: 1, max })),
    ),
  ),
);

const named = ({ kind, wide, shared, max }: Case) =>
  `${wide ? "64-bit " : ""}${shared ? "shared " : ""}${kind} with ${max === undefined ? "no maximum" : `a maximum of ${max}`}`;

function typeOf({ kind, wide, shared, min, max }: Case): number[] {
  const flags = (max === undefined ? 0 : 1) | (shared ? 2 : 0) | (wide ? 4 : 0);
  const limits = [flags, ...leb(min), ...(max === undefined ? [] : leb(max))];
  return kind === "memory" ? limits : [FUNCREF, ...limits];
}

/** A function that grows the memory or table 0, and exports of both. */
function growing({ kind, wide }: Case): ModuleParts {
  const index = wide ? I64 : I32;
  const code = kind === "memory" ? [0x20, 0, 0x40, 0] : [0xd0, FUNCREF, 0x20, 0, 0xfc, 15, 0];
  return {
    types: [functionType([index], [index])],
    functions: [0],
    exports: [exported("grow", 0, 0), exported("it", kind === "memory" ? 2 : 1, 0)],
    bodies: [[0, ...code, 0x0b]],
  };
}

function owning(of: Case): Uint8Array<ArrayBuffer> {
  const own = of.kind === "memory" ? { memories: [typeOf(of)] } : { tables: [typeOf(of)] };
  return moduleOf({ ...growing(of), ...own });
}

function importing(of: Case): Uint8Array<ArrayBuffer> {
  const description = [of.kind === "memory" ? 2 : 1, ...typeOf(of)];
  return moduleOf({ ...growing(of), imports: [imported("m", "it", description)] });
}

/** How large it becomes when a guest grows it one by one. */
function grown(exports: WebAssembly.Exports, wide: boolean): number {
  const { grow } = exports;
  if (typeof grow !== "function") throw new Error("the module exports no grow");
  let size = Number(grow(wide ? 0n : 0));
  while (Number(grow(wide ? 1n : 1)) !== -1) size++;
  return size;
}

const instance = (bytes: Uint8Array<ArrayBuffer>, imports: WebAssembly.Imports = {}) =>
  new WebAssembly.Instance(new WebAssembly.Module(bytes), imports).exports;

describe("a module's own", () => {
  it.each(CASES.map((of) => [named(of), of] as const))("%s ends at the limit", (_name, of) => {
    const bytes = owning(of);
    if (!WebAssembly.validate(bytes)) {
      expect(() => harden(bytes, LIMITS)).toThrow(/not valid WebAssembly/);
      return;
    }
    expect(grown(instance(harden(bytes, LIMITS)), of.wide)).toBe(Math.min(of.max ?? 8, 8));
    // A host's own grow is bounded as well.
    const { it: exportedIt } = instance(harden(bytes, { ...LIMITS, fuel: 0 }));
    if (!(exportedIt instanceof WebAssembly.Memory) || of.wide) return;
    expect(() => exportedIt.grow(8)).toThrow(RangeError);
  });

  it("minima over the limit are refused with both numbers", () => {
    const [memory, table] = [CASES[0], CASES.find(({ kind }) => kind === "table")];
    if (memory === undefined || table === undefined) throw new Error("no case");
    const refusal = (of: Case, from: (of: Case) => Uint8Array) => {
      try {
        harden(from({ ...of, min: 9 }), LIMITS);
      } catch (error) {
        return error;
      }
    };
    expect(refusal(memory, owning)).toMatchObject({
      code: "OVER_LIMIT",
      message: "the module starts with 9 pages of memory, and the limit is 8",
    });
    expect(refusal(table, owning)).toMatchObject({
      code: "OVER_LIMIT",
      message: "the module starts with 9 elements of tables, and the limit is 8",
    });
    expect(refusal(memory, importing)).toMatchObject({
      code: "OVER_LIMIT",
      message: "the module imports 9 pages of memory, and the limit is 8",
    });
    expect(refusal(table, importing)).toMatchObject({
      code: "OVER_LIMIT",
      message: "the module imports 9 elements of tables, and the limit is 8",
    });
  });

  it("tables share what is left, times the instances of their module", () => {
    const bytes = moduleOf({
      ...growing({ kind: "table", wide: false, shared: false, min: 0, max: undefined }),
      tables: [
        [FUNCREF, 0, 1],
        [FUNCREF, 0, 1],
      ],
    });
    const [hardened] = hardenTogether([{ bytes, instances: 2 }], { ...LIMITS, tableElements: 26 });
    if (hardened === undefined) throw new Error("nothing was hardened");
    expect(grown(instance(hardened), false)).toBe(1 + Math.floor((26 - 4) / 4));
  });

  it("table with an initial value ends at the limit too", () => {
    const of: Case = { kind: "table", wide: false, shared: false, min: 1, max: undefined };
    const table = [0x40, 0x00, ...typeOf(of), 0xd0, FUNCREF, 0x0b];
    const bytes = moduleOf({ ...growing(of), tables: [table] });
    if (!WebAssembly.validate(bytes)) {
      expect(() => harden(bytes, LIMITS)).toThrow(/not valid WebAssembly/);
      return;
    }
    expect(grown(instance(harden(bytes, LIMITS)), false)).toBe(8);
  });

  it("memory of 32 bits has at most 65536 pages, whatever the limit", () => {
    const hardened = harden(moduleOf({ memories: [[0, 1]] }), { ...LIMITS, memoryPages: 2 ** 40 });
    expect(WebAssembly.validate(hardened)).toBe(true);
    const table = harden(moduleOf({ tables: [[FUNCREF, 0, 1]] }), {
      ...LIMITS,
      tableElements: Number.MAX_SAFE_INTEGER,
    });
    expect(WebAssembly.validate(table)).toBe(true);
  });

  it("memories and tables are few", () => {
    const tables = (count: number) =>
      moduleOf({ tables: Array.from({ length: count }, () => [FUNCREF, 0, 0]) });
    expect(harden(tables(1000), LIMITS).length).toBeGreaterThan(0);
    expect(() => harden(tables(1001), LIMITS)).toThrow(
      "the module has 1001 of its own tables, and the limit is 1000",
    );
    const memory = { bytes: moduleOf({ memories: [[0, 0]] }), instances: 16 };
    expect(hardenTogether([memory], LIMITS)).toHaveLength(1);
    expect(() => hardenTogether([memory, { ...memory, instances: 1 }], LIMITS)).toThrow(
      "the module has 17 of its own memories, and the limit is 16",
    );
  });
});

describe("an imported", () => {
  it.each(CASES.map((of) => [named(of), of] as const))(
    "%s links with what another module of the guest provides, and ends at the limit",
    (_name, of) => {
      // Whoever imports without a maximum takes any; with one, a provider's must be no larger.
      const providers = CASES.filter(
        ({ kind, wide, shared, max }) =>
          kind === of.kind &&
          wide === of.wide &&
          shared === of.shared &&
          (of.max === undefined || (max !== undefined && max <= of.max)),
      );
      expect(providers).not.toEqual([]);
      for (const provider of providers) {
        const modules = [owning(provider), importing(of)];
        if (!modules.every((bytes) => WebAssembly.validate(bytes))) {
          const all = modules.map((bytes) => ({ bytes, instances: 1 }));
          expect(() => hardenTogether(all, LIMITS)).toThrow(/not valid WebAssembly/);
          continue;
        }
        const [provided, imports] = hardenTogether(
          modules.map((bytes) => ({ bytes, instances: 1 })),
          LIMITS,
        );
        if (provided === undefined || imports === undefined) throw new Error("too few modules");
        const linked = instance(imports, { m: instance(provided) });
        expect(grown(linked, of.wide), named(provider)).toBe(Math.min(provider.max ?? 8, 8));
      }
    },
  );

  it("memory that is larger than the limit does not link", () => {
    const of: Case = { kind: "memory", wide: false, shared: false, min: 1, max: undefined };
    const hardened = harden(importing(of), LIMITS);
    const memory = (maximum: number) => new WebAssembly.Memory({ initial: 1, maximum });
    expect(grown(instance(hardened, { m: { it: memory(8) } }), false)).toBe(8);
    expect(() => instance(hardened, { m: { it: memory(9) } })).toThrow(WebAssembly.LinkError);
  });
});

describe("limits", () => {
  it.each([
    ["a negative number", { memoryPages: -1 }],
    ["a fraction", { tableElements: 1.5 }],
    ["no number", { heapBytes: Number.NaN }],
    ["a number beyond the safe integers", { fuel: 2 ** 53 }],
  ])("that are %s are refused", (_what, limits) => {
    expect(() => harden(moduleOf({}), { ...LIMITS, ...limits })).toThrow(TypeError);
  });
});
