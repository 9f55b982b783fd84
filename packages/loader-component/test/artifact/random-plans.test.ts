// Headers of real artifacts, changed at random and hashed again.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wasiWorld } from "../wasi/wasi-world.ts";
import { artifactOf, artifactVerdict, forged, headerOf, use } from "./forged.ts";

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

const replacement: fc.Arbitrary<Json> = fc.oneof(
  fc.nat(200),
  fc.constantFrom<Json>(-1, 0.5, 2 ** 32, 2 ** 53, null, "", "u8", "own", "__proto__", [], {}),
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>,
);

/** One change of JSON: `steps` lead to a place in it. */
const edit = fc.record({
  steps: fc.array(fc.nat(), { minLength: 1, maxLength: 9 }),
  with: fc.oneof(fc.constant("removed" as const), fc.constant("copied" as const), replacement),
});

function edited(json: Json, [step = 0, ...rest]: readonly number[], change: Json): Json {
  if (typeof json !== "object" || json === null) return change;
  const names = Object.keys(json);
  const name = names[step % Math.max(1, names.length)];
  if (name === undefined) return change;
  const member = (json as Record<string, Json>)[name] as Json;
  const deeper = rest.length > 0 && typeof member === "object" && member !== null;
  if (!deeper && Array.isArray(json) && (change === "removed" || change === "copied")) {
    const copies = change === "removed" ? [] : [member, member];
    return json.toSpliced(Number(name), 1, ...copies);
  }
  const put = deeper ? edited(member, rest, change) : change;
  if (Array.isArray(json)) return json.with(Number(name), put);
  if (put === "removed")
    return Object.fromEntries(Object.entries(json).filter(([n]) => n !== name));
  return { ...json, [name]: put };
}

describe("a plan with changes at random", async () => {
  const artifact = artifactOf(await wasiWorld());
  const body = Buffer.concat(artifact.modules.map((module) => Uint8Array.from(module)));
  const header = headerOf(artifact) as Json;

  it("is refused, or checked and of use", () => {
    let taken = 0;
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
        const changed = edits.reduce(
          (json, { steps, with: put }) => edited(json, steps, put),
          header,
        );
        const answer = artifactVerdict(forged(JSON.stringify(changed), body));
        if (answer instanceof Error) return;
        taken++;
        use(answer);
      }),
      { numRuns: 250 },
    );
    expect(taken).toBeGreaterThan(4);
  });
});
