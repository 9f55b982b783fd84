import { hostileChecks } from "@uni/conformance";
import { describe, expect, it } from "vitest";
import { conforming } from "../../../../packages/loader-extism/test/conformance/conforming.ts";
import { UNWITHSTOOD, type Unwithstood } from "./failing/hostile.ts";

async function found(
  { attack, subject }: Pick<Unwithstood, "attack" | "subject">,
  isolation: string,
): Promise<string> {
  const check = hostileChecks([attack], subject).find(({ id }) => id.endsWith(`@${isolation}`));
  return check === undefined ? "no check" : check.run().then(() => "nothing", String);
}

describe("a hostile check fails for", () => {
  for (const { what, attack, subject, says, only } of UNWITHSTOOD) {
    it(`${what}`, async () => {
      expect(await found({ attack, subject }, only ?? "inline")).toMatch(says);
    });
  }
});

describe("the same attack is withstood", () => {
  const attacks = UNWITHSTOOD.filter(({ subject }) => subject !== conforming);
  for (const { what, attack } of attacks) {
    it(`where there is not ${what}`, async () => {
      expect(await found({ attack, subject: conforming }, "inline")).toBe("nothing");
    });
  }
  it("where the event loop is held, and a call is inline", async () => {
    const held = UNWITHSTOOD.find(({ only }) => only === "thread");
    expect(held && (await found(held, "inline"))).toBe("nothing");
  });
});
