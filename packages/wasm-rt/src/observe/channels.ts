import { type Channel, channel } from "node:diagnostics_channel";
import type { LogRecord } from "../host/log-record.ts";
import type { PoolConfig } from "../pool/pool-config.ts";
import type { PoolMetrics } from "../pool/pool-metrics.ts";
import type { Stage } from "./stage-times.ts";

/** Which kind of function a call is of. */
export type Surface = "scalar" | "aggregate" | "procedure";

/**
 * `uni:call:start`: a function of a plugin is called. The object names the call. The call runs in the
 * asynchronous context of the stores that are bound to the channel (`bindStore`).
 */
export interface CallStarted {
  readonly pluginId: string;
  readonly pluginVersion: string;
  /** The qname. */
  readonly function: string;
  readonly surface: Surface;
  /** Of the arguments, or how many states are merged; 0 where a call has neither. */
  readonly rows: number;
}

/** `uni:call:end`: the call has its result, or has failed. */
export interface CallEnded {
  /** The very object of `uni:call:start`, where anybody was told of that. */
  readonly call: CallStarted;
  readonly durationMs: number;
  /** What the call spent in each stage; undefined where it did not come to it. */
  readonly stagesMs: Readonly<Record<Stage, number | undefined>>;
  /** What went to guests, and came back: Arrow IPC and states. */
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** Why it failed, in the words of {@link CallStats.failures}; undefined where it did not. */
  readonly errorCode: string | undefined;
}

/** `uni:load:start`: a plugin is loaded. As with calls, the load runs in the stores of the channel. */
export interface LoadStarted {
  /** The plugin's format, as the field of manifests that has its ABI: `abi-extism`, `abi`, … */
  readonly abiField: string;
}

/** `uni:load:end`: the plugin can be called, or cannot be loaded. */
export interface LoadEnded {
  /** The very object of `uni:load:start`, where anybody was told of that. */
  readonly load: LoadStarted;
  readonly durationMs: number;
  /** Of the plugin's bytes, in hexadecimal; undefined where the load did not come so far. */
  readonly sha256: string | undefined;
  /** By the manifest; undefined where the load did not come so far. */
  readonly pluginId: string | undefined;
  readonly pluginVersion: string | undefined;
  /** Undefined where it failed. */
  readonly plugin: ObservedPlugin | undefined;
  /** Why it failed. */
  readonly errorCode: string | undefined;
}

/** `uni:plugin:end`: a plugin was closed, and nothing of it is left. */
export interface PluginEnded {
  /** The very object of `uni:load:end`. */
  readonly plugin: ObservedPlugin;
}

/** The loaded plugin itself, for who wants to ask it from time to time how it is. */
export interface ObservedPlugin {
  readonly id: string;
  readonly version: string;
  readonly pool: { readonly config: PoolConfig; readonly metrics: PoolMetrics };
  /** How many calls wait for a guest, and how many guests are ready that were built ahead. */
  stats(): { readonly queued: number; readonly spares: { readonly ready: number } };
}

/** `uni:thread:start`: a guest thread starts. */
export interface ThreadStarted {
  /** As `node:worker_threads` numbers threads. */
  readonly threadId: number;
}

/** `uni:thread:end`: nothing of the thread runs any more. */
export interface ThreadEnded {
  /** The very object of `uni:thread:start`, where anybody was told of that. */
  readonly thread: ThreadStarted;
  readonly durationMs: number;
  /**
   * - `ended`: by its host, with a call that had to end or because nobody needs it;
   * - `died`: by itself;
   * - `out-of-memory`: by itself, since its heap was full.
   */
  readonly reason: "ended" | "died" | "out-of-memory";
}

/** What each channel of `node:diagnostics_channel` publishes. */
export interface ChannelPayloads {
  readonly "uni:call:start": CallStarted;
  readonly "uni:call:end": CallEnded;
  readonly "uni:load:start": LoadStarted;
  readonly "uni:load:end": LoadEnded;
  readonly "uni:plugin:end": PluginEnded;
  readonly "uni:thread:start": ThreadStarted;
  readonly "uni:thread:end": ThreadEnded;
  readonly "uni:log": LogRecord;
}

export const callStartChannel: Channel = channelOf("uni:call:start");
export const callEndChannel: Channel = channelOf("uni:call:end");
export const loadStartChannel: Channel = channelOf("uni:load:start");
export const loadEndChannel: Channel = channelOf("uni:load:end");
export const pluginEndChannel: Channel = channelOf("uni:plugin:end");
export const threadStartChannel: Channel = channelOf("uni:thread:start");
export const threadEndChannel: Channel = channelOf("uni:thread:end");
export const logChannel: Channel = channelOf("uni:log");

function channelOf(name: keyof ChannelPayloads): Channel {
  return channel(name);
}
