// Plans that no component has: checked before anything of them is used.
import { describe, expect, it } from "vitest";
import { artifactVerdict, emptyPlan, forged, refusalOfArtifact, use } from "./forged.ts";

const CORE = { instance: 0, name: "f" };
const OPTIONS = { encoding: "utf8", memory: null, realloc: null };

/** An artifact of one module of no bytes, with an instance of it, and this plan. */
function planned(parts: Record<string, unknown>): Uint8Array {
  const plan = { ...emptyPlan(), instances: instances(1), ...parts };
  return forged(JSON.stringify({ key: "", modules: [0], plan }));
}

function instances(count: number): { module: number; imports: [] }[] {
  return Array.from({ length: count }, () => ({ module: 0, imports: [] }));
}

describe("a forged plan", () => {
  it("is not refused for being forged", () => {
    expect(artifactVerdict(planned({}))).toMatchObject({ plan: { instances: instances(1) } });
  });

  it.each<[what: string, parts: Record<string, unknown>]>([
    ["a type of itself", { types: [{ kind: "list", element: 0 }] }],
    [
      "a type of a later one",
      {
        types: [
          { kind: "option", value: 1 },
          { kind: "list", element: "u8" },
        ],
      },
    ],
    [
      "types of each other",
      {
        types: [
          { kind: "list", element: 1 },
          { kind: "list", element: 0 },
        ],
      },
    ],
    ["a handle of no resource", { types: [{ kind: "own", resource: 0 }] }],
    ["a record of no fields", { types: [{ kind: "record", fields: [] }] }],
    ["an enum of no names", { types: [{ kind: "enum", names: [] }] }],
    ["a variant of no cases", { types: [{ kind: "variant", cases: [] }] }],
    ["a tuple of nothing", { types: [{ kind: "tuple", items: [] }] }],
    ["flags of none", { types: [{ kind: "flags", names: [] }] }],
    ["33 flags", { types: [{ kind: "flags", names: Array(33).fill("a") }] }],
    ["a tuple of 4097 items", { types: [{ kind: "tuple", items: Array(4097).fill("u8") }] }],
    ["a type of an unknown primitive", { types: [{ kind: "list", element: "u128" }] }],
    [
      "a type named as a member of every object",
      { types: [{ kind: "list", element: "constructor" }] },
    ],
    ["a type of an unknown kind", { types: [{ kind: "stream", element: "u8" }] }],
    [
      "a function of an absent type",
      { imports: [{ interface: null, name: "f", params: [0], result: null }] },
    ],
    [
      "a trampoline of an absent import",
      { trampolines: [{ kind: "call", import: 0, options: OPTIONS }] },
    ],
    ["a drop of an absent resource", { trampolines: [{ kind: "resource.drop", resource: 0 }] }],
    ["an instance of an absent module", { instances: [{ module: 1, imports: [] }] }],
    [
      "an instance on the fuel of another",
      {
        instances: [
          { module: 0, imports: [] },
          {
            module: 0,
            imports: [{ name: "a", items: [["f", { instance: 0, name: "uni:fuel" }]] }],
          },
        ],
      },
    ],
    [
      "an export of a start function",
      {
        exports: [
          {
            name: "f",
            params: [],
            result: null,
            core: { instance: 0, name: "uni:start" },
            options: OPTIONS,
            postReturn: null,
          },
        ],
      },
    ],
    [
      "an instance on itself",
      { instances: [{ module: 0, imports: [{ name: "a", instance: 0 }] }] },
    ],
    [
      "an instance on a later one",
      { instances: [{ module: 0, imports: [{ name: "a", instance: 1 }] }, ...instances(1)] },
    ],
    [
      "an item of a later instance",
      {
        instances: [{ module: 0, imports: [{ name: "a", items: [["f", CORE]] }] }, ...instances(1)],
      },
    ],
    [
      "an item of an absent trampoline",
      { instances: [{ module: 0, imports: [{ name: "a", items: [["f", { trampoline: 0 }]] }] }] },
    ],
    [
      "an export of an absent instance",
      {
        exports: [
          {
            name: "f",
            core: { ...CORE, instance: 1 },
            options: OPTIONS,
            postReturn: null,
            params: [],
            result: null,
          },
        ],
      },
    ],
    ["257 instances", { instances: instances(257) }],
    ["100000 instances", { instances: instances(100_000) }],
    [
      "types 100000 deep",
      {
        types: Array.from({ length: 100_000 }, (_, i) => ({
          kind: "list",
          element: i === 0 ? "u8" : i - 1,
        })),
      },
    ],
  ])("is refused for %s", (_, parts) => {
    refusalOfArtifact(planned(parts));
  });

  it("is refused for what an instance gets twice: whole and in items", () => {
    const imports = [{ name: "a", instance: 0, items: [] }];
    refusalOfArtifact(planned({ instances: [...instances(1), { module: 0, imports }] }));
  });

  it("of a function with very many parameters is refused, or is of use", () => {
    const params = Array(250_000).fill("u8");
    const exports = [
      { name: "f", core: CORE, options: OPTIONS, postReturn: null, params, result: null },
    ];
    const answer = artifactVerdict(planned({ instances: instances(1), exports }));
    if (!(answer instanceof Error)) use(answer);
  });

  it("of types that are without end when they are written out is of use, and soon", () => {
    const types = Array.from({ length: 90 }, (_, i) => ({
      kind: "result",
      ok: i === 0 ? "u8" : i - 1,
      err: i === 0 ? "u8" : i - 1,
    }));
    const imports = [{ interface: "t:t/t", name: "f", params: [89], result: 89 }];
    const answer = artifactVerdict(planned({ types, imports }));
    expect(answer).not.toBeInstanceOf(Error);
    if (!(answer instanceof Error)) use(answer);
  });
});
