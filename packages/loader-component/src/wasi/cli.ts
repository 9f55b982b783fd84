import {
  type HostInterface,
  type HostInterfaceFunction,
  interfaceOf,
} from "../host/host-interface.ts";
import { NONE, type Tagged } from "../host/values.ts";
import { StandardInput, StandardOutput } from "./standard-streams.ts";
import type { WasiGuest } from "./wasi-guest.ts";

/** `wasi:cli/environment`: no variables, no arguments, no directory. */
export const ENVIRONMENT: HostInterface<WasiGuest> = interfaceOf({
  "get-environment": { signature: "func() -> list<tuple<string, string>>", call: () => [] },
  "get-arguments": { signature: "func() -> list<string>", call: () => [] },
  "initial-cwd": { signature: "func() -> option<string>", call: () => NONE },
});

/** `wasi:cli/exit`: ends the guest and not its host. */
export const EXIT: HostInterface<WasiGuest> = interfaceOf({
  exit: {
    signature: "func(result)",
    call: (guest, status: Tagged<"ok" | "err">) => guest.exit(status.tag === "ok" ? 0 : 1),
  },
  "exit-with-code": {
    signature: "func(u8)",
    call: (guest, code: number) => guest.exit(code),
  },
});

/** `wasi:cli/stdin`. */
export const STDIN: HostInterface<WasiGuest> = interfaceOf({
  "get-stdin": { signature: "func() -> own<input-stream>", call: () => new StandardInput() },
});

/** `wasi:cli/stdout`. */
export const STDOUT: HostInterface<WasiGuest> = interfaceOf({
  "get-stdout": {
    signature: "func() -> own<output-stream>",
    call: () => new StandardOutput("stdout"),
  },
});

/** `wasi:cli/stderr`. */
export const STDERR: HostInterface<WasiGuest> = interfaceOf({
  "get-stderr": {
    signature: "func() -> own<output-stream>",
    call: () => new StandardOutput("stderr"),
  },
});

// None of the streams is a terminal, so that a guest writes no colours.
const noTerminal = (resource: string): HostInterfaceFunction<WasiGuest> => ({
  signature: `func() -> option<own<${resource}>>`,
  call: () => NONE,
});

/** `wasi:cli/terminal-stdin`. */
export const TERMINAL_STDIN: HostInterface<WasiGuest> = interfaceOf({
  "get-terminal-stdin": noTerminal("terminal-input"),
});

/** `wasi:cli/terminal-stdout`. */
export const TERMINAL_STDOUT: HostInterface<WasiGuest> = interfaceOf({
  "get-terminal-stdout": noTerminal("terminal-output"),
});

/** `wasi:cli/terminal-stderr`. */
export const TERMINAL_STDERR: HostInterface<WasiGuest> = interfaceOf({
  "get-terminal-stderr": noTerminal("terminal-output"),
});
