// The decoder against wasm-tools: what is written as WIT comes back out of the component.
import { componentEmbed, componentNew } from "@bytecodealliance/jco-transpile/wasm-tools";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { signatureText } from "../../src/plan/signature.ts";
import type { PlanFunctionType } from "../../src/plan/types.ts";
import { takenApart } from "./taken-apart.ts";
import { kebabLabel, WitDefinitions, type WitType, witTypes, writtenOut } from "./wit-types.ts";

/** What a signature is cut to. */
const MAX_LENGTH = 4096;

interface Signature {
  readonly params: readonly WitType[];
  readonly result: WitType | null;
}

const types = witTypes(kebabLabel);
const signatures = fc.array(
  fc.record({
    params: fc.array(types, { maxLength: 4 }),
    result: fc.option(types, { nil: null }),
  }),
  { minLength: 1, maxLength: 4 },
);
const worlds = fc.record({ interface: signatures, imports: signatures, exports: signatures });

function expected({ params, result }: Signature): string {
  const answer = result === null ? "" : ` -> ${writtenOut(result)}`;
  const text = `func(${params.map(writtenOut).join(", ")})${answer}`;
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)} …` : text;
}

/** Functions `<prefix>0` and on, as items of an interface or of a world. */
function functions(
  prefix: string,
  before: string,
  list: readonly Signature[],
  definitions: WitDefinitions,
): string[] {
  return list.map(({ params, result }, i) => {
    const given = params.map((type, j) => `p${j}: ${definitions.use(type)}`).join(", ");
    const answer = result === null ? "" : ` -> ${definitions.use(result)}`;
    return `${before}${prefix}${i}: func(${given})${answer};`;
  });
}

function witOf(world: typeof worlds extends fc.Arbitrary<infer W> ? W : never): string {
  const inside = new WitDefinitions("i");
  const api = functions("api-fn", "", world.interface, inside);
  const own = new WitDefinitions("w");
  const items = [
    ...functions("imported-fn", "import ", world.imports, own),
    ...functions("exported-fn", "export ", world.exports, own),
  ];
  return `package t:t@1.2.3;
    interface api { ${[...inside.lines, ...api].join("\n")} }
    world w { import api; ${[...own.lines, ...items].join("\n")} }`;
}

describe("the plan of a component", () => {
  it("has the signatures that wasm-tools was given as WIT", { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async (world) => {
        const witSource = witOf(world);
        const core = await componentEmbed({ dummy: true, witSource, world: "w" });
        const { plan } = takenApart(await componentNew(core));
        const text = (type: PlanFunctionType) => signatureText(plan, type);
        const imports = new Map(plan.imports.map((i) => [`${i.interface}#${i.name}`, text(i)]));
        const exports = new Map(plan.exports.map((e) => [e.name, text(e)]));
        expect(imports).toEqual(
          new Map([
            ...world.interface.map((s, i) => [`t:t/api@1.2.3#api-fn${i}`, expected(s)] as const),
            ...world.imports.map((s, i) => [`null#imported-fn${i}`, expected(s)] as const),
          ]),
        );
        expect(exports).toEqual(
          new Map(world.exports.map((s, i) => [`exported-fn${i}`, expected(s)])),
        );
        expect(plan.interfaces).toEqual(["t:t/api@1.2.3"]);
      }),
      { numRuns: 60 },
    );
  });
});
