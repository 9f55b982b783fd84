import { type HostInterface, interfaceOf } from "../host/host-interface.ts";
import { NONE } from "../host/values.ts";
import type { WasiGuest } from "./wasi-guest.ts";

/** `wasi:filesystem/preopens`: no directories, so that a guest has no descriptor, ever. */
export const PREOPENS: HostInterface<WasiGuest> = interfaceOf({
  "get-directories": {
    signature: "func() -> list<tuple<own<descriptor>, string>>",
    call: () => [],
  },
});

// In the order of wasi:filesystem, types.
const ERROR_CODE = `enum{${[
  "access, would-block, already, bad-descriptor, busy, deadlock, quota, exist, file-too-large",
  "illegal-byte-sequence, in-progress, interrupted, invalid, io, is-directory, loop",
  "too-many-links, message-size, name-too-long, no-device, no-entry, no-lock",
  "insufficient-memory, insufficient-space, not-directory, not-empty, not-recoverable",
  "unsupported, no-tty, no-such-device, overflow, not-permitted, pipe, read-only, invalid-seek",
  "text-file-busy, cross-device",
].join(", ")}}`;

/** `wasi:filesystem/types`: what needs no descriptor. */
export const TYPES: HostInterface<WasiGuest> = interfaceOf({
  "filesystem-error-code": {
    signature: `func(borrow<error>) -> option<${ERROR_CODE}>`,
    // No stream leads to a file, so no error of one is the error of a file.
    call: () => NONE,
  },
});
