/**
 * What a loader's guest module stands on, without Apache Arrow and without the load pipeline: a guest
 * sees bytes alone, and its module is loaded on every thread that guests run on.
 *
 * @packageDocumentation
 */

export { attempt, type CallRecord } from "./errors/attempt.ts";
export { creationError } from "./errors/creation-error.ts";
export { type Fail, type FaultCode, GuestFault } from "./errors/guest-fault.ts";
export { LoaderError, type LoaderErrorClass, type LoaderErrorCode } from "./errors/loader-error.ts";
export { trapReason } from "./errors/trap.ts";
export { CallFailure } from "./guest/call-failure.ts";
export { CallGuest } from "./guest/call-guest.ts";
export {
  type Guest,
  type GuestCall,
  type GuestCalls,
  type GuestImports,
  type GuestModule,
  makeCall,
} from "./guest/guest.ts";
export { NO_MESSAGE_SET, type ReportedFailure, reportedError } from "./guest/reported-error.ts";
export { copyBytes } from "./host/copy-bytes.ts";
export type { HostServices } from "./host/host-services.ts";
export { cutMessage, type LogLevel, type LogRecord, logLevel } from "./host/log-record.ts";
export { OutputStream } from "./host/output-stream.ts";
export {
  type ByteFunction,
  byteFunctions,
  MAX_TEXT_BYTES,
  SERVICE_NAMES,
} from "./module-abi/byte-functions.ts";
export { type ExportCall, exportCall } from "./module-abi/export-call.ts";
export { promisedExports } from "./module-abi/export-names.ts";
export { exportedFunction } from "./module-abi/exported-function.ts";
export { GuestMemory } from "./module-abi/guest-memory.ts";
export { initializers } from "./module-abi/initializers.ts";
export { type ModuleCall, ModuleGuest } from "./module-abi/module-guest.ts";
export { exhausted, fuelLeft, RESERVED_EXPORTS } from "./sandbox/budgets.ts";
export { hasStart, instantiateHardened, runStart } from "./sandbox/instantiate-hardened.ts";
export type { UnsharedBytes } from "./sandbox/unshared-bytes.ts";
