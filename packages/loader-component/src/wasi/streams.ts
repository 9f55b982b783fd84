import {
  type HostInterface,
  type HostInterfaceFunction,
  interfaceOf,
} from "../host/host-interface.ts";
import { err, ok } from "../host/values.ts";
import { Pollable } from "./pollable.ts";
import type { StandardOutput } from "./standard-streams.ts";
import type { WasiGuest } from "./wasi-guest.ts";

/** What `check-write` permits, always. */
const PERMIT_BYTES = 65_536;
/** wasi:io, streams: "Perform a write of up to 4096 bytes", and of zeroes alike. */
const MAX_BLOCKING_BYTES = 4096;

const STREAM_ERROR = "variant{last-operation-failed(own<error>), closed}";

/** The input is at its end: nothing can be taken from it, by any way. */
const closed = (parameters: string, result: string): HostInterfaceFunction<WasiGuest> => ({
  signature: `func(${parameters}) -> result<${result}, ${STREAM_ERROR}>`,
  call: () => err({ tag: "closed" }),
});

/** What is written is passed on at once, so that there is nothing to flush. */
const flush: HostInterfaceFunction<WasiGuest> = {
  signature: `func(borrow<output-stream>) -> result<_, ${STREAM_ERROR}>`,
  call: () => ok(),
};

/** Neither the input nor an output keeps a guest waiting. */
const subscribe = (resource: string): HostInterfaceFunction<WasiGuest> => ({
  signature: `func(borrow<${resource}>) -> own<pollable>`,
  call: () => new Pollable(0n),
});

const WRITE_SIGNATURE = `func(borrow<output-stream>, list<u8>) -> result<_, ${STREAM_ERROR}>`;
const WRITE_ZEROES_SIGNATURE = `func(borrow<output-stream>, u64) -> result<_, ${STREAM_ERROR}>`;

/** `wasi:io/streams`: of an input at its end, and of outputs that take everything. */
export const STREAMS: HostInterface<WasiGuest> = interfaceOf({
  "[method]input-stream.read": closed("borrow<input-stream>, u64", "list<u8>"),
  "[method]input-stream.blocking-read": closed("borrow<input-stream>, u64", "list<u8>"),
  "[method]input-stream.skip": closed("borrow<input-stream>, u64", "u64"),
  "[method]input-stream.blocking-skip": closed("borrow<input-stream>, u64", "u64"),
  "[method]input-stream.subscribe": subscribe("input-stream"),
  "[method]output-stream.check-write": {
    signature: `func(borrow<output-stream>) -> result<u64, ${STREAM_ERROR}>`,
    call(_guest, output: StandardOutput) {
      output.permittedBytes = PERMIT_BYTES;
      return ok(BigInt(PERMIT_BYTES));
    },
  },
  "[method]output-stream.write": {
    signature: WRITE_SIGNATURE,
    call(guest, output: StandardOutput, contents: Uint8Array) {
      usePermit(guest, output, "write", contents.length);
      guest.write(output.stream, contents);
      return ok();
    },
  },
  "[method]output-stream.blocking-write-and-flush": {
    signature: WRITE_SIGNATURE,
    call(guest, output: StandardOutput, contents: Uint8Array) {
      limitBlocking(guest, "blocking-write-and-flush", contents.length);
      guest.write(output.stream, contents);
      return ok();
    },
  },
  "[method]output-stream.flush": flush,
  "[method]output-stream.blocking-flush": flush,
  "[method]output-stream.subscribe": subscribe("output-stream"),
  "[method]output-stream.write-zeroes": {
    signature: WRITE_ZEROES_SIGNATURE,
    call(guest, output: StandardOutput, length: bigint) {
      usePermit(guest, output, "write-zeroes", length);
      guest.write(output.stream, new Uint8Array(Number(length)));
      return ok();
    },
  },
  "[method]output-stream.blocking-write-zeroes-and-flush": {
    signature: WRITE_ZEROES_SIGNATURE,
    call(guest, output: StandardOutput, length: bigint) {
      limitBlocking(guest, "blocking-write-zeroes-and-flush", length);
      guest.write(output.stream, new Uint8Array(Number(length)));
      return ok();
    },
  },
  "[method]output-stream.splice": closed("borrow<output-stream>, borrow<input-stream>, u64", "u64"),
  "[method]output-stream.blocking-splice": closed(
    "borrow<output-stream>, borrow<input-stream>, u64",
    "u64",
  ),
});

// wasi:io, streams: "Precondition: check-write gave permit of Ok(n) and contents has a length of
// less than or equal to n. Otherwise, this function will trap."
function usePermit(
  guest: WasiGuest,
  output: StandardOutput,
  name: string,
  bytes: number | bigint,
): void {
  if (bytes > output.permittedBytes) {
    guest.refuse(
      `${name} was given ${bytes} bytes for ${output.stream}, where check-write permits ${output.permittedBytes}`,
    );
  }
  output.permittedBytes -= Number(bytes);
}

function limitBlocking(guest: WasiGuest, name: string, bytes: number | bigint): void {
  if (bytes > MAX_BLOCKING_BYTES) {
    guest.refuse(`${name} was given ${bytes} bytes; it takes at most ${MAX_BLOCKING_BYTES}`);
  }
}
