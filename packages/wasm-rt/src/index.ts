/**
 * The runtime under every WebAssembly plugin loader: instance pool, Arrow IPC, sandbox, guest threads,
 * load pipeline.
 *
 * @packageDocumentation
 */

export type { MakeLoaderError } from "./errors/typed-error.ts";
export type { GuestBuild, GuestEngine, GuestHandle, GuestSource } from "./guest/guest-engine.ts";
export { siblingModule } from "./guest/sibling-module.ts";
export * from "./guest.ts";
export type {
  HostFunction,
  HostFunctionClosure,
  HostFunctionContext,
  HostFunctionDescription,
  HostFunctionModule,
} from "./host/host-function.ts";
export type {
  ClosureResult,
  HostImports,
  ModuleFunction,
  ProvidedFunction,
} from "./host/provided-function.ts";
export { servicesHere } from "./host/services-here.ts";
export type { IpcDecodeOptions } from "./ipc/decode/decode-options.ts";
export { decodeBatch, decodeBatches } from "./ipc/decode.ts";
export { encodeBatch, encodeBatches } from "./ipc/encode.ts";
export { IpcError, type IpcErrorCode, type IpcErrorOptions } from "./ipc/ipc-error.ts";
export { DEFAULT_IPC_LIMITS, type IpcLimits } from "./ipc/limits.ts";
export { SECRET_HANDLE_EXTENSION } from "./ipc/membrane.ts";
export { IPC_RULES, type IpcRule } from "./ipc/rules.ts";
export {
  type CompiledModule,
  compileCoreModule,
  requireKnownImports,
} from "./load/compile-core-module.ts";
export { compileModules, sandboxLimits } from "./load/compile-modules.ts";
export type {
  Isolation,
  LoaderOptions,
  LoadOptions,
} from "./load/load-options.ts";
export type { LoadedPlugin, PluginStats } from "./load/loaded-plugin.ts";
export type { PluginFormat } from "./load/plugin-format.ts";
export { DEFAULT_PLUGIN_LIMITS, type PluginLimits } from "./load/plugin-limits.ts";
export { PluginLoader } from "./load/plugin-loader.ts";
export { requireDocuments, requirePromised } from "./load/require-exports.ts";
export { requireKind } from "./load/require-kind.ts";
export type { SpareStats } from "./load/spare-guests.ts";
export type { CallStats } from "./observe/call-meter.ts";
export type {
  CallEnded,
  CallStarted,
  ChannelPayloads,
  LoadEnded,
  LoadStarted,
  ObservedPlugin,
  PluginEnded,
  Surface,
  ThreadEnded,
  ThreadStarted,
} from "./observe/channels.ts";
export { STAGE_BOUNDS_MS, type Stage, type StageTimes } from "./observe/stage-times.ts";
export { InstancePool } from "./pool/instance-pool.ts";
export type { PoolConfig, PoolOptions } from "./pool/pool-config.ts";
export { createPoolCounters } from "./pool/pool-counters.ts";
export { PoolError, type PoolErrorCode, type PoolResourceLimit } from "./pool/pool-error.ts";
export type { PoolMetrics } from "./pool/pool-metrics.ts";
export { PooledInstance } from "./pool/pooled-instance.ts";
export { returnSlots, returnSlotsOnExit } from "./pool/return-slots.ts";
export { type BinaryKind, binaryKind, leadingBytes } from "./sandbox/binary-kind.ts";
export { BinaryReader, unsignedLeb128 } from "./sandbox/binary-reader.ts";
export { concatBytes } from "./sandbox/concat-bytes.ts";
export { runWithin } from "./sandbox/deadline.ts";
export { type GuestModuleBytes, harden, hardenTogether } from "./sandbox/harden.ts";
export { HardenError, type HardenErrorCode } from "./sandbox/harden-error.ts";
export type { HardenLimits } from "./sandbox/harden-limits.ts";
export { type ModuleSection, moduleSections, SECTION } from "./sandbox/module-sections.ts";
export { setGuestThreadLimit } from "./threads/process-threads.ts";
export { type StartOptions, startWorker } from "./threads/start-worker.ts";
export { type CallBounds, CallEnding, type EndReason } from "./wait/call-ending.ts";
export { endedError } from "./wait/ended-error.ts";
