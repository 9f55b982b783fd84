import { type HostInterface, interfaceOf } from "../host/host-interface.ts";
import * as cli from "./cli.ts";
import * as clocks from "./clocks.ts";
import * as filesystem from "./filesystem.ts";
import { POLL } from "./poll.ts";
import * as random from "./random.ts";
import { STREAMS } from "./streams.ts";
import type { WasiGuest } from "./wasi-guest.ts";

/** An interface that has types alone. */
const NO_FUNCTIONS: HostInterface<WasiGuest> = interfaceOf({});

/**
 * What a component gets of WASI 0.2, by interface without its version.
 *
 * Clocks, random bytes, an input at its end and two outputs; no arguments, environment, files,
 * sockets or sleep. An interface may have more functions than stand here: those take a handle that
 * nobody ever gets, or were `@unstable`.
 */
export const WASI: ReadonlyMap<string, HostInterface<WasiGuest>> = new Map([
  ["wasi:cli/environment", cli.ENVIRONMENT],
  ["wasi:cli/exit", cli.EXIT],
  ["wasi:cli/stdin", cli.STDIN],
  ["wasi:cli/stdout", cli.STDOUT],
  ["wasi:cli/stderr", cli.STDERR],
  ["wasi:cli/terminal-input", NO_FUNCTIONS],
  ["wasi:cli/terminal-output", NO_FUNCTIONS],
  ["wasi:cli/terminal-stdin", cli.TERMINAL_STDIN],
  ["wasi:cli/terminal-stdout", cli.TERMINAL_STDOUT],
  ["wasi:cli/terminal-stderr", cli.TERMINAL_STDERR],
  ["wasi:clocks/monotonic-clock", clocks.MONOTONIC_CLOCK],
  ["wasi:clocks/wall-clock", clocks.WALL_CLOCK],
  ["wasi:filesystem/preopens", filesystem.PREOPENS],
  ["wasi:filesystem/types", filesystem.TYPES],
  // No operation of a stream fails here, so there is no error whose text a guest could ask for.
  ["wasi:io/error", NO_FUNCTIONS],
  ["wasi:io/poll", POLL],
  ["wasi:io/streams", STREAMS],
  ["wasi:random/insecure", random.INSECURE],
  ["wasi:random/insecure-seed", random.INSECURE_SEED],
  ["wasi:random/random", random.RANDOM],
]);

/**
 * Interfaces, without their versions, that a component may import and of which it gets nothing:
 * guests in JavaScript import them whether they call them or not.
 */
export const WASI_DENIED: ReadonlySet<string> = new Set([
  "wasi:http/outgoing-handler",
  "wasi:http/types",
]);
