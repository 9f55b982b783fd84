// What breaks the validator, or keeps it busy for ever, costs its component and nothing else.
import { readComponent } from "@uni/fixtures";
import { describe, expect, it } from "vitest";
import { loaderOf, refusal } from "../load.ts";
import { panics } from "./panics.ts";
import { unharmed } from "./unharmed.ts";

const LIMIT_MS = 10_000;

describe("a component that breaks the validator", () => {
  it.each(panics)("is an error in time, and the next one loads: $name", async (panic) => {
    const loader = loaderOf({ validationTimeoutMs: LIMIT_MS });
    const bytes = await panic.component();
    const start = performance.now();
    const error = await unharmed(() => refusal(bytes, {}, loader));
    expect(performance.now() - start).toBeLessThan(LIMIT_MS);
    expect(error.code).toBe("INVALID_PLUGIN");
    if (panic.componentWit === "panics") {
      expect(error.message).toBe("the component is not valid: the validator gave up on it");
    }
    expect((await loader.load(readComponent("geo"))).id).toBe("ai.example.geo");
  });
});
