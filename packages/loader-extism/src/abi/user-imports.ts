import { type HostServices, logLevel } from "@uni/wasm-rt/guest";
import type { Blocks } from "./blocks.ts";
import type { ServiceName } from "./env-names.ts";
import { MAX_TEXT_BYTES } from "./host-call.ts";

/** What these functions stand on, whichever engine's blocks and calls those are. */
export interface UserHost {
  /** The call that is under way when the guest uses an import. */
  readonly current: () => UserCall;
  readonly services: HostServices;
}

/** The part of a call that these functions use. */
export interface UserCall {
  readonly blocks: Pick<Blocks, "block" | "store">;
  ending<T>(body: () => T): T;
}

/**
 * The functions of `extism:host/user`: the services of every host, and the embedder's functions that
 * this plugin may use. Each takes and gives the address of a block; 0 is no block.
 */
export function userImports({ current, services }: UserHost): WebAssembly.ModuleImports {
  const imports: WebAssembly.ModuleImports = Object.create(null);
  const provide = (
    name: string,
    body: (bytes: Uint8Array) => Uint8Array | undefined,
    atMost?: number,
  ) => {
    imports[name] = (address: bigint): bigint => {
      const call = current();
      const input = call.blocks.block(Number(address), atMost);
      const output = call.ending(() => body(input));
      return output === undefined ? 0n : BigInt(call.blocks.store(output));
    };
  };
  for (const [name, body] of Object.entries(serviceFunctions(services))) {
    provide(name, body, MAX_TEXT_BYTES);
  }
  for (const [name, body] of services.functions) provide(name, body);
  return imports;
}

function serviceFunctions(
  services: HostServices,
): Record<ServiceName, (bytes: Uint8Array) => Uint8Array | undefined> {
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
