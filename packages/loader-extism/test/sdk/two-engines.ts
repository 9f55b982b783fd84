import { NO_SERVICES } from "@uni/loader-tests";
import { UniError } from "@uni/plugin";
import {
  CallEnding,
  DEFAULT_PLUGIN_LIMITS,
  type GuestCall,
  type GuestImports,
  makeCall,
} from "@uni/wasm-rt";
import { compile } from "../../src/compile.ts";
import { createGuest } from "../../src/guest.ts";
import { compileForSdk } from "../../src/sdk/compile-for-sdk.ts";
import { loadSdk } from "../../src/sdk/load-sdk.ts";
import { SdkEngine } from "../../src/sdk/sdk-engine.ts";

/** Makes one call in a fresh guest. */
export type RunCall = (call: GuestCall) => Promise<Uint8Array>;

const TIMEOUT_MS = 2_000;

/** One plugin on both engines, with the same imports, and raw bytes in and out. */
export async function twoEngines(
  bytes: Uint8Array,
  imports: Partial<GuestImports> = {},
): Promise<{ readonly own: RunCall; readonly sdk: RunCall }> {
  const all: GuestImports = { services: NO_SERVICES, config: {}, ...imports };
  const image = await compile(bytes, DEFAULT_PLUGIN_LIMITS);
  const engine = new SdkEngine(await loadSdk(), await compileForSdk(bytes, DEFAULT_PLUGIN_LIMITS));
  const functions = new Map(
    [...all.services.functions].map(([name, call]) => [name, { kind: "closure", call }] as const),
  );
  const source = await engine.bind({
    services: { ...all.services, functions },
    config: all.config,
  });
  return {
    own: async (call) => {
      using guest = createGuest(image, all);
      return makeCall(guest, call);
    },
    sdk: async (call) => {
      using guest = source.create();
      using ending = new CallEnding({ waitMs: TIMEOUT_MS, runMs: TIMEOUT_MS });
      return await source.call(guest, "the call", call, ending);
    },
  };
}

/** What a call came to, so that two can be compared. */
export async function outcome(body: () => Promise<unknown>): Promise<object> {
  try {
    return { value: await body() };
  } catch (error) {
    if (!(error instanceof UniError)) throw error;
    const { name, code, message } = error;
    return { name, code, message, fnCode: "fnCode" in error ? error.fnCode : undefined };
  }
}
