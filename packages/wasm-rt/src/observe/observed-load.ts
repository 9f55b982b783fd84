import { createHash } from "node:crypto";
import type { MeteredPlugin } from "./call-meter.ts";
import {
  type LoadEnded,
  type LoadStarted,
  loadEndChannel,
  loadStartChannel,
  type ObservedPlugin,
  type PluginEnded,
  pluginEndChannel,
} from "./channels.ts";
import { errorCode } from "./error-code.ts";

/** One load, as far as it has come. */
export interface ObservedLoad {
  /** What is loaded, once it is checked. */
  bytes?: Uint8Array;
  /** The hash of these, where the host has pinned it. */
  sha256?: string | undefined;
  /** Once its manifest is read. */
  plugin?: MeteredPlugin;
}

/** Loads a plugin, and tells subscribers of it; the load says how far it has come. */
export async function observeLoad<P extends ObservedPlugin>(
  abiField: string,
  load: (observed: ObservedLoad) => Promise<P>,
): Promise<P> {
  const started: LoadStarted = Object.freeze({ abiField });
  const startedAt = performance.now();
  const observed: ObservedLoad = {};
  const publishEnd = (plugin: P | undefined, code: string | undefined) => {
    if (!loadEndChannel.hasSubscribers) return;
    const { bytes, sha256, plugin: named } = observed;
    const ended: LoadEnded = Object.freeze({
      load: started,
      durationMs: performance.now() - startedAt,
      sha256: bytes && (sha256 ?? createHash("sha256").update(bytes).digest("hex")),
      pluginId: named?.pluginId,
      pluginVersion: named?.pluginVersion,
      plugin,
      errorCode: code,
    });
    loadEndChannel.publish(ended);
  };
  try {
    const plugin = await (loadStartChannel.hasSubscribers
      ? loadStartChannel.runStores(started, () => load(observed))
      : load(observed));
    publishEnd(plugin, undefined);
    return plugin;
  } catch (error) {
    publishEnd(undefined, errorCode(error));
    throw error;
  }
}

/** Tells subscribers that nothing of a plugin is left. */
export function publishPluginEnd(plugin: ObservedPlugin): void {
  if (!pluginEndChannel.hasSubscribers) return;
  const ended: PluginEnded = Object.freeze({ plugin });
  pluginEndChannel.publish(ended);
}
