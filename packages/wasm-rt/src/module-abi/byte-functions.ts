import type { HostServices } from "../host/host-services.ts";
import { logLevel } from "../host/log-record.ts";

/** What a guest of a core module can call: bytes in, and bytes or nothing out. */
export interface ByteFunction {
  /** Undefined where there is nothing to answer. */
  readonly call: (bytes: Uint8Array) => Uint8Array | undefined;
  /** What is read of the input; everything unless said. */
  readonly atMost?: number;
}

const SERVICES = ["uni_host_log", "uni_traceparent", "uni_metric_counter"] as const;
type ServiceName = (typeof SERVICES)[number];

/** The functions that every host has, and that are no embedder's. */
export const SERVICE_NAMES: ReadonlySet<string> = new Set(SERVICES);

/** What is read of a text that a guest passes. */
export const MAX_TEXT_BYTES: number = 1 << 16;

/** The services of every host, and the embedder's functions that this plugin may use, by their names. */
export function byteFunctions(services: HostServices): ReadonlyMap<string, ByteFunction> {
  const functions = new Map<string, ByteFunction>();
  for (const [name, call] of Object.entries(serviceFunctions(services))) {
    functions.set(name, { call, atMost: MAX_TEXT_BYTES });
  }
  for (const [name, call] of services.functions) functions.set(name, { call });
  return functions;
}

function serviceFunctions(services: HostServices): Record<ServiceName, ByteFunction["call"]> {
  const encode = (text: string) => new TextEncoder().encode(text);
  return {
    // In: {"level": …, "message": …}. Out: nothing.
    uni_host_log: (bytes) => {
      const { level, message } = readLog(bytes);
      services.log(logLevel(level), message);
      return undefined;
    },
    // In: nothing. Out: the traceparent, or nothing.
    uni_traceparent: () => {
      const traceparent = services.traceparent();
      return traceparent === undefined ? undefined : encode(traceparent);
    },
    // In: the counter's name. Out: its value in decimal digits, or nothing for an unknown name.
    uni_metric_counter: (bytes) => {
      const value = services.metricCounter(new TextDecoder().decode(bytes));
      return value === undefined ? undefined : encode(String(value));
    },
  };
}

function readLog(bytes: Uint8Array): { level: string; message: string } {
  const text = new TextDecoder().decode(bytes);
  try {
    const { level, message }: Record<string, unknown> = Object(JSON.parse(text));
    if (typeof message === "string") return { level: String(level), message };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  // A message that is not in the contract's shape is still a message.
  return { level: "info", message: text };
}
