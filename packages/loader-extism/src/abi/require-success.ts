import { reportedError } from "@uni/wasm-rt/guest";
import { ExtismError } from "../extism-error.ts";

/**
 * Extism: 0 is success. Any other status is a failure, whether or not a message was set.
 *
 * @param name the export in messages.
 * @throws FnError with the guest's message; ExtismError `INVALID_PLUGIN` for what is no status.
 */
export function requireSuccess(name: string, status: unknown, message: string | undefined): void {
  if (status === 0) return;
  if (typeof status !== "number") {
    throw new ExtismError(
      "INVALID_PLUGIN",
      `expected ${name} to return an i32 status, got ${typeof status}`,
    );
  }
  throw reportedError(name, { code: status >>> 0, message: message ?? "" });
}
