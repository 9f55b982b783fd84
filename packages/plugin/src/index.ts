/**
 * The contract between a host and a plugin: names, capabilities, manifest, registration, functions,
 * registry and errors. It knows no WebAssembly.
 *
 * @packageDocumentation
 */

export {
  type Capability,
  type CapabilityName,
  CapabilitySet,
  SURFACE_CAPABILITIES,
} from "./capabilities/capability-set.ts";
export { brand } from "./errors/brand.ts";
export { FnError, type FnFailure } from "./errors/fn-error.ts";
export { PluginError, type PluginErrorCode } from "./errors/plugin-error.ts";
export { printable } from "./errors/printable.ts";
export { UniError } from "./errors/uni-error.ts";
export type { Accumulator, AggregateFunction } from "./functions/aggregate-function.ts";
export type { CallOptions } from "./functions/call-options.ts";
export {
  type PluginInfo,
  PluginRegistry,
  type RegisteredPlugin,
} from "./functions/plugin-registry.ts";
export type { Procedure } from "./functions/procedure.ts";
export type { RegistryChange, RegistryWatcher } from "./functions/registry-watcher.ts";
export type { ScalarFunction, ScalarSession } from "./functions/scalar-function.ts";
export {
  type AbiField,
  type Determinism,
  type PluginManifest,
  parseManifest,
  requireAbi,
} from "./manifest/manifest.ts";
export { exportStem, QName } from "./qname.ts";
export { refuseUnknown } from "./refuse-unknown.ts";
export { argumentTypes } from "./registration/argument-types.ts";
export type {
  FunctionSignature,
  NullHandling,
  Volatility,
} from "./registration/function-signature.ts";
export {
  type AggregateEntry,
  type AggregateSignature,
  type ProcedureEntry,
  type ProcedureMode,
  type ProcedureSignature,
  parseRegistration,
  type Registration,
  type RegistrationEntry,
  type ScalarEntry,
} from "./registration/registration.ts";
export {
  type PrimitiveName,
  type PrimitiveType,
  toArrowType,
  type ValueType,
  type VariadicType,
  type WireType,
} from "./registration/wire-type.ts";
