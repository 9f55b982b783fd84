import type { Guest, GuestCall } from "./guest.ts";

/** A guest all of whose calls go one way. */
export abstract class CallGuest implements Guest {
  /** Makes the call; all the methods of the contract are one. */
  protected abstract run(call: GuestCall): Uint8Array;
  /** Gives back what the guest holds; it is not called any more. */
  abstract [Symbol.dispose](): void;

  manifest(): Uint8Array {
    return this.run({ method: "manifest", args: [] });
  }

  register(): Uint8Array {
    return this.run({ method: "register", args: [] });
  }

  invokeScalar(qname: string, ipc: Uint8Array): Uint8Array {
    return this.run({ method: "invokeScalar", args: [qname, ipc] });
  }

  aggNew(qname: string): Uint8Array {
    return this.run({ method: "aggNew", args: [qname] });
  }

  aggUpdate(qname: string, state: Uint8Array, ipc: Uint8Array): Uint8Array {
    return this.run({ method: "aggUpdate", args: [qname, state, ipc] });
  }

  aggMerge(qname: string, state: Uint8Array, ipc: Uint8Array): Uint8Array {
    return this.run({ method: "aggMerge", args: [qname, state, ipc] });
  }

  aggEvaluate(qname: string, state: Uint8Array): Uint8Array {
    return this.run({ method: "aggEvaluate", args: [qname, state] });
  }

  invokeProcedure(qname: string, ipc: Uint8Array): Uint8Array {
    return this.run({ method: "invokeProcedure", args: [qname, ipc] });
  }
}
