import { brand } from "./brand.ts";
import { UniError } from "./uni-error.ts";

/** What the framework can refuse before any plugin code is to blame. */
export type PluginErrorCode =
  | "QNAME_INVALID"
  | "CAPABILITY_INVALID"
  | "MANIFEST_INVALID"
  | "REGISTRATION_INVALID"
  | "ABI_UNSUPPORTED"
  | "DUPLICATE"
  | "NOT_FOUND"
  | "ARGUMENTS_INVALID"
  /** A synchronous step was asked for while asynchronous ones were under way. */
  | "BUSY";

/** The framework refused: a manifest, a capability, a name, an ABI version or a caller's arguments. */
export class PluginError extends UniError {
  static {
    brand(PluginError, "PluginError");
  }

  declare readonly code: PluginErrorCode;

  constructor(code: PluginErrorCode, message: string, options?: ErrorOptions) {
    super(code, message, options);
  }
}
