/**
 * The checks that every loader and every plugin is held to, for any test runner.
 *
 * @packageDocumentation
 */

export { type Check, CheckFailure } from "./check.ts";
export {
  type AggregateText,
  type GuestText,
  MEMORY,
  manifestOf,
  registrationOf,
  usesOf,
  type WrapperFunction,
  witNameOf,
} from "./guests/guest-text.ts";
export {
  type GuestStep,
  type HostText,
  moduleText,
  STEP_EXPORTS,
  type TextAbi,
} from "./guests/module-text.ts";
export { BUILT_SCENARIOS, type BuiltScenario, type Scenario } from "./guests/scenario.ts";
export type { ConformingLoader } from "./loader/conforming-loader.ts";
export { type Attack, attackScenario } from "./loader/hostile/attack.ts";
export { ATTACKS } from "./loader/hostile/attacks/index.ts";
export { hostileChecks } from "./loader/hostile/hostile-checks.ts";
export { loaderChecks } from "./loader/loader-checks.ts";
export type { PluginCheckOptions } from "./plugin/options.ts";
export { pluginChecks } from "./plugin/plugin-checks.ts";
export { type CheckResult, type Report, type RunOptions, runChecks } from "./report/report.ts";
export { type ReportTextOptions, reportText, resultText } from "./report/report-text.ts";
