import type { PluginRegistry } from "@uni/plugin";
import type { HostFunction, Isolation, LoadedPlugin, LoaderError } from "@uni/wasm-rt";
import type { CommandContext } from "../command-context.ts";
import type { PluginFile } from "./detect-format.ts";
import { grantOptions, parseGrants } from "./grants.ts";
import { openLoader } from "./open-loader.ts";

export interface OpenOptions {
  readonly isolation?: Isolation | undefined;
  readonly timeoutMs?: number | undefined;
  /** What the plugin may have beside its surfaces, as a command line says it. */
  readonly grants?: readonly string[] | undefined;
  readonly hostFunctions?: readonly HostFunction[];
  readonly registry?: PluginRegistry;
}

/** A loaded plugin that ends with its scope, and so do its calls. */
export interface OpenPlugin extends AsyncDisposable {
  readonly plugin: LoadedPlugin<LoaderError>;
}

/** Loads a plugin. When the command ends early, so do the load and every guest. */
export async function openPlugin(
  { bytes, format }: PluginFile,
  { isolation = "thread", timeoutMs, grants = [], hostFunctions = [], registry }: OpenOptions,
  { terminal, signal }: CommandContext,
): Promise<OpenPlugin> {
  const granted = parseGrants(grants);
  const loader = await openLoader(format, {
    isolation,
    hostFunctions,
    limits: timeoutMs === undefined ? {} : { timeoutMs },
    logger: ({ pluginId, level, message }) =>
      terminal.note({ style: "dim", text: `[${level}] ${pluginId}: ${message}` }),
  });
  const destroy = () => void loader.destroy();
  signal.addEventListener("abort", destroy, { once: true });
  const end = async () => {
    signal.removeEventListener("abort", destroy);
    await loader.destroy();
  };
  try {
    signal.throwIfAborted();
    const plugin = await loader.load(bytes, {
      ...grantOptions(granted),
      ...(registry === undefined ? {} : { registry }),
    });
    return { plugin, [Symbol.asyncDispose]: end };
  } catch (error) {
    await end();
    throw error;
  }
}
