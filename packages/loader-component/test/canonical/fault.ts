import { GuestFault } from "@uni/wasm-rt";

/** The code of the fault by which a guest's call ends. */
export function faultCode(body: () => unknown): GuestFault["code"] {
  try {
    body();
  } catch (error) {
    if (error instanceof GuestFault) return error.code;
    throw error;
  }
  throw new Error("the guest was believed");
}
