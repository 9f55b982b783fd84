import type { LoaderErrorCode } from "./loader-error.ts";

/** A guest used the host's ABI in a way that ends its call. */
export class GuestFault extends Error {
  readonly code: FaultCode;

  constructor(code: FaultCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** What a guest can do wrong, as the code of the loader's error. */
export type FaultCode = LoaderErrorCode & ("TRAP" | "RESOURCE_LIMIT" | "CAPABILITY_DENIED");

/** Records a fault and throws it. */
export type Fail = (code: FaultCode, message: string) => never;
