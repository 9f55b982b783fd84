import {
  FnError,
  PluginError,
  type PluginManifest,
  parseManifest,
  parseRegistration,
  type Registration,
  requireAbi,
} from "@uni/plugin";
import type { LoaderError, LoaderErrorCode } from "../errors/loader-error.ts";
import type { GuestCall } from "../guest/guest.ts";
import type { GuestEngine, GuestHandle, GuestSource } from "../guest/guest-engine.ts";
import { deniedServices } from "../host/denied-services.ts";
import type { HostImports } from "../host/provided-function.ts";
import { CallEnding } from "../wait/call-ending.ts";
import type { PluginFormat } from "./plugin-format.ts";
import type { PluginLimits } from "./plugin-limits.ts";
import { readDocument } from "./read-document.ts";

/** The limit of the queue is for calls; a load waits for its threads as long as they may take. */
const LOAD_WAIT_MS = 30_000;

/** Pass 1: a guest that is granted nothing says what its plugin is. */
export async function readManifest<E extends LoaderError>(
  format: PluginFormat<unknown, E>,
  image: unknown,
  engine: GuestEngine,
  limits: PluginLimits,
  signal: AbortSignal,
): Promise<PluginManifest> {
  const { abiField, hostAbi, errors } = format;
  const denial = (name: string) =>
    new errors(
      "CAPABILITY_DENIED",
      `manifest called the host function ${name}; nothing is granted while a manifest is read`,
    );
  const services = deniedServices(format.hostImports(image), denial);
  const imports: HostImports = { services, config: {} };
  const source = await engine.bind(imports);
  const call: GuestCall = { method: "manifest", args: [] };
  const text = await document(format, source, call, { limits, signal }, "the manifest");
  const manifest = translating(format, "MANIFEST_INVALID", () => parseManifest(text, abiField));
  translating(format, "ABI_UNSUPPORTED", () => requireAbi(manifest, hostAbi));
  return manifest;
}

/** Pass 2: a guest that has what is effective says what its plugin offers. */
export async function readRegistration<E extends LoaderError>(
  format: PluginFormat<unknown, E>,
  source: GuestSource<GuestHandle>,
  { id }: PluginManifest,
  limits: PluginLimits,
  signal: AbortSignal,
): Promise<Registration> {
  const call: GuestCall = { method: "register", args: [] };
  const what = `the registration of ${id}`;
  const text = await document(format, source, call, { limits, signal }, what);
  return translating(format, "MANIFEST_INVALID", () => parseRegistration(text, id));
}

async function document<E extends LoaderError>(
  format: PluginFormat<unknown, E>,
  source: GuestSource<GuestHandle>,
  call: GuestCall,
  { limits, signal }: { readonly limits: PluginLimits; readonly signal: AbortSignal },
  what: string,
): Promise<string> {
  using guest = source.create();
  using ending = new CallEnding({ waitMs: LOAD_WAIT_MS, runMs: limits.timeoutMs, signal });
  try {
    const bytes = await source.call(guest, call.method, call, ending);
    return readDocument(bytes, what, format.errors);
  } catch (error) {
    if (!(error instanceof FnError)) throw error;
    const code = "MANIFEST_INVALID";
    throw new format.errors(code, `${call.method} failed: ${error.message}`, { cause: error });
  }
}

/** Runs a check of the contract; what it refuses is the plugin's fault. */
function translating<T, E extends LoaderError>(
  { errors }: PluginFormat<unknown, E>,
  code: LoaderErrorCode,
  check: () => T,
): T {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof PluginError)) throw error;
    throw new errors(code, error.message, { cause: error });
  }
}
