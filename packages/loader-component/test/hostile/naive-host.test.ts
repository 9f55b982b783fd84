// The suite bites: each attack hurts a host that trusts what jco emits.
import { describe, expect, it } from "vitest";
import { attacks } from "./attacks.ts";
import { instantiateNaively, PAYLOAD, payloadRan } from "./naive-jco.ts";
import { ANSWERS_SEVEN, assemble } from "./wat.ts";

describe("a naive jco host", () => {
  it.each(attacks)("is hurt through the $name", async (attack) => {
    expect(await attack.succeedsAgainstNaive(await attack.component())).toBe(true);
  });

  it("is not hurt by a component without guile", async () => {
    const bytes = await assemble(ANSWERS_SEVEN.replaceAll('"f"', `"${PAYLOAD}"`));
    expect(await payloadRan(() => instantiateNaively(bytes))).toBe(false);
  });
});
