import { NO_SERVICES } from "@uni/loader-tests";
import { FnError, UniError } from "@uni/plugin";
import { type GuestCall, type GuestImports, makeCall } from "@uni/wasm-rt";
import type { ComparedLoader } from "./loaders.ts";

/** What one call came to, so that it can be compared between loaders. */
export type Outcome =
  /** In hexadecimal, which compares at once and shows well where it differs. */
  | { readonly bytes: string }
  | { readonly fnCode: number; readonly message: string; readonly retryable: boolean }
  | { readonly code: string; readonly reason: string };

/** Makes one call in a fresh guest; what a script answers to must not depend on the loader. */
export type Run = (call: GuestCall) => Uint8Array;

/** Makes calls, of which one may use what another answered. */
export type Script = (run: Run) => void;

/** What each call of a script came to; the first that fails ends it. */
export type Record = (script: Script) => readonly Outcome[];

const IMPORTS: GuestImports = { services: NO_SERVICES, config: {} };

/** Runs scripts on raw guests of one plugin. */
export async function recorder(loader: ComparedLoader, plugin: Uint8Array): Promise<Record> {
  const create = await loader.guests(plugin);
  return (script) => {
    const outcomes: Outcome[] = [];
    const run: Run = (call) => {
      using guest = create(IMPORTS);
      const bytes = makeCall(guest, call);
      outcomes.push({ bytes: Buffer.from(bytes).toString("hex") });
      return bytes;
    };
    try {
      script(run);
    } catch (error) {
      outcomes.push(failure(error));
    }
    return outcomes;
  };
}

function failure(error: unknown): Outcome {
  if (error instanceof FnError) {
    const { fnCode, message, retryable } = error;
    return { fnCode, message, retryable };
  }
  if (!(error instanceof UniError) || error.code === "INTERNAL") throw error;
  // The message starts with the export, which has another name in every ABI, and ends with what the
  // guest said, for which not every ABI has a place.
  const reason = error.message.replace(/^[\w-]+ /, "").replace(/; the guest said: .*$/s, "");
  return { code: error.code, reason };
}
