import { loaderChecks } from "@uni/conformance";
import { testChecks } from "@uni/conformance/vitest";
import { describe, expect, it } from "vitest";
import { conforming } from "../../../../packages/loader-extism/test/conformance/conforming.ts";

describe("checks as tests", () => {
  const cannot = { bump: "the format has no memory" };
  const checks = loaderChecks({ ...conforming, cannot });
  const one = (id: string) => checks.filter((check) => check.id === id);
  testChecks([...one("fresh.every-call@inline"), ...one("trap.unreachable@inline")]);

  it("have the title and the id of their check, and one that is exempt is skipped and says why", ({
    task,
  }) => {
    const tests = task.suite?.tasks.map(({ name, mode }) => [mode, name]).slice(0, 2);
    expect(tests).toEqual([
      [
        "skip",
        "every call gets a guest that nothing has run in, one by one and side by side (fresh.every-call@inline): not applicable, the format has no memory",
      ],
      ["run", "a guest that traps is an error TRAP (trap.unreachable@inline)"],
    ]);
  });
});
