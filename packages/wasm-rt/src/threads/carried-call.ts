import type { TransferListItem } from "node:worker_threads";
import type { GuestCall } from "../guest/guest.ts";

/** A call and those of its buffers that go with it. */
export interface CarriedCall {
  readonly call: GuestCall;
  readonly transfer: readonly TransferListItem[];
}

/** Makes a call ready to be posted. Arguments go; a state stays with its group, and is copied. */
export function carriedCall(call: GuestCall): CarriedCall {
  switch (call.method) {
    case "manifest":
    case "register":
    case "aggNew":
      return { call, transfer: [] };
    case "invokeScalar":
    case "invokeProcedure":
      return { call, transfer: [bufferOf(call.args[1])] };
    case "aggUpdate":
    case "aggMerge": {
      const [qname, state, ipc] = call.args;
      const copy = new Uint8Array(state);
      const { method } = call;
      return { call: { method, args: [qname, copy, ipc] }, transfer: [copy.buffer, bufferOf(ipc)] };
    }
    case "aggEvaluate": {
      const [qname, state] = call.args;
      const copy = new Uint8Array(state);
      return { call: { method: "aggEvaluate", args: [qname, copy] }, transfer: [copy.buffer] };
    }
  }
}

/** The buffer of bytes that were made for one call, so that it is on no shared memory. */
export function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return bytes.buffer as ArrayBuffer;
}
