import { LoaderError, type PluginLoader } from "@uni/wasm-rt";
import type { Check } from "../check.ts";
import { aggregateCallee, type Callee, procedureCallee, scalarCallee } from "./callee.ts";
import { answersCheck, caseChecks, limitChecks } from "./case-checks.ts";
import { casesOf } from "./cases.ts";
import { determinismCheck } from "./determinism-check.ts";
import { errorChecks } from "./error-checks.ts";
import { type Learned, learn } from "./learn.ts";
import { loadedChecks, refusedChecks } from "./load-checks.ts";
import { mergeChecks } from "./merge-checks.ts";
import { type PluginCheckOptions, type Settings, settingsOf } from "./options.ts";
import { Subject } from "./subject.ts";
import { Trials } from "./trials.ts";

/**
 * The checks that tell a plugin's author whether the plugin keeps the contract. Each check loads the
 * plugin for itself and closes it; the loader stays open. They can run in any order, or not at all.
 *
 * A plugin that does not load, or bytes that are none, have the checks that could be made: the last
 * of them fails with what the loader said.
 *
 * @param loader of the plugin's format; what it gives to plugins and how it limits them counts here.
 * @throws TypeError for options that do not exist or are out of range, and for samples of a function
 * that the plugin does not register; PluginError `CAPABILITY_INVALID` for grants that are malformed;
 * the loader's `CLOSED` where it was closed.
 * @example
 * ```ts
 * const checks = await pluginChecks(await readFile("geo.wasm"), new ExtismLoader());
 * console.log(reportText(await runChecks(checks, { subject: "geo.wasm" })));
 * ```
 */
export async function pluginChecks(
  bytes: Uint8Array,
  loader: PluginLoader<LoaderError>,
  options: PluginCheckOptions = {},
): Promise<Check[]> {
  const settings = settingsOf(options);
  const subject = new Subject(bytes, loader, settings);
  const learned = await learn(subject);
  if (learned instanceof LoaderError) return refusedChecks(learned);
  const callees = [
    ...learned.scalars.map(scalarCallee),
    ...learned.aggregates.map(aggregateCallee),
    ...learned.procedures.map(procedureCallee),
  ];
  requireRegistered(settings, callees);
  return [
    ...loadedChecks(learned),
    ...callees.flatMap((callee) => functionChecks(subject, callee, learned)),
  ];
}

function functionChecks(subject: Subject, callee: Callee, { manifest }: Learned): Check[] {
  const trials = new Trials(subject, callee, casesOf(callee, subject.settings));
  return [
    ...caseChecks(trials),
    answersCheck(trials),
    determinismCheck(trials, manifest),
    ...(callee.surface === "aggregate" ? mergeChecks(trials) : []),
    ...limitChecks(trials),
    ...errorChecks(trials),
  ];
}

function requireRegistered({ samples }: Settings, callees: readonly Callee[]): void {
  const known = callees.map(({ qname }) => qname);
  const unknown = [...samples.keys()].find((qname) => !known.includes(qname));
  if (unknown === undefined) return;
  throw new TypeError(
    `expected samples of functions that the plugin registers (${known.join(", ")}), got samples of ${unknown}`,
  );
}
