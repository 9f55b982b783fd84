// What hurts a naive host is an error of this one, and nothing else.
import { describe, expect, it } from "vitest";
import { loaderOf, refusal } from "../load.ts";
import { attacks } from "./attacks.ts";
import { unharmed } from "./unharmed.ts";

/** Attacks by the names inside of a component, and what the error says of them. */
const NAMED: ReadonlyMap<string, RegExp> = new Map([
  ...[
    "function export",
    "memory export",
    "realloc export",
    "post-return export",
    "destructor export",
    "func passed on",
    "memory passed on",
    "table passed on",
    "global passed on",
  ].map((name) => [name, /the name of a core export "x'/] as const),
  ["module of an import", /the name of a core import "x'/],
  ["field of an import", /the name of a core export "x'/],
  ["names without a quote", /the name of a core export "(a|:)/],
]);

describe.concurrent("an attack", () => {
  it.each(attacks)("through the $name is an error and harms nobody", async (attack) => {
    const bytes = await attack.component();
    const error = await unharmed(() => refusal(bytes, {}, loaderOf()));
    expect(error.code).toBe("INVALID_PLUGIN");
    expect(error.message).toMatch(NAMED.get(attack.name) ?? /./);
  });

  it("is known by its name", () => {
    const names = attacks.map(({ name }) => name);
    expect([...NAMED.keys()].filter((name) => !names.includes(name))).toEqual([]);
  });
});
