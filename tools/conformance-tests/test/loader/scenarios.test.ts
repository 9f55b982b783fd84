import { loaderChecks, reportText, runChecks, type Scenario } from "@uni/conformance";
import { expect, it } from "vitest";
import { LOADER_CHECKS } from "../../../../packages/conformance/src/loader/loader-checks.ts";
import { conforming } from "../../../../packages/loader-extism/test/conformance/conforming.ts";

/** What becomes of the checks of scenario `bump` inline. */
async function reportOf(subject: typeof conforming) {
  const ids = ["fresh.every-call@inline", "fresh.counted@inline"];
  const checks = loaderChecks(subject).filter(({ id }) => ids.includes(id));
  return runChecks(checks, { subject: "a loader" });
}

const withoutBump: typeof conforming = {
  ...conforming,
  guest: async (scenario) => (scenario.name === "bump" ? undefined : conforming.guest(scenario)),
};

it("names a scenario that is missing, and says what to do", async () => {
  const { passed, failed, exempt, checks } = await reportOf(withoutBump);
  expect({ passed, failed, exempt }).toEqual({ passed: 0, failed: 2, exempt: 0 });
  for (const { message } of checks) {
    expect(message).toMatch(
      /^there is no guest for the scenario "bump": f\(x\) answers how often .*; make guest\(\) give it, or declare in cannot why the format has no such guest$/,
    );
  }
});

it("exempts what needs a scenario that a format cannot have, with its reason", async () => {
  const cannot = { bump: "the format has no memory" };
  const report = await reportOf({ ...withoutBump, cannot });
  const { passed, failed, exempt, checks } = report;
  expect({ passed, failed, exempt }).toEqual({ passed: 0, failed: 0, exempt: 2 });
  expect(checks.map(({ status, message }) => ({ status, message }))).toEqual(
    Array(2).fill({ status: "exempt", message: "the format has no memory" }),
  );
  expect(reportText(report)).toMatch(/– every call gets .*\n {6}the format has no memory\n/);
  expect(reportText(report)).toMatch(/0 passed, 0 failed, 2 not applicable$/);
});

it("exempts nothing else, and nothing by a name that every object has", () => {
  const exempt = (cannot: Record<string, string>) =>
    loaderChecks({ ...conforming, cannot }).filter((check) => check.exempt !== undefined);
  const before = exempt({}).length;
  const ids = exempt({ bump: "none" }).map(({ id }) => id);
  expect(ids.slice(0, 2)).toEqual(["fresh.every-call@thread", "fresh.every-call@inline"]);
  expect(ids.length).toBe(before + 4);
});

it("gives every check an id of its own, and every scenario's name to one text", () => {
  const ids = loaderChecks(conforming).map(({ id }) => id);
  expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
  const scenarios = new Map<string, Scenario>();
  for (const scenario of LOADER_CHECKS.flatMap(({ scenarios }) => scenarios)) {
    const known = scenarios.get(scenario.name) ?? scenario;
    expect(known, scenario.name).toEqual(scenario);
    scenarios.set(scenario.name, known);
  }
});
