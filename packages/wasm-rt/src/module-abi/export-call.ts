import type { GuestCall } from "../guest/guest.ts";
import { envelope } from "./envelope.ts";
import { aggregateExport, procedureExport, scalarExport } from "./export-names.ts";

/** What a call is where a module has an export for each step of each function: its name, and its input. */
export interface ExportCall {
  readonly name: string;
  readonly input: Uint8Array;
}

const NO_BYTES = new Uint8Array(0);

/** The export and the input of a call of the wire contract; `docs/wire-contract.md` has the table. */
export function exportCall(call: GuestCall): ExportCall {
  switch (call.method) {
    case "manifest":
    case "register":
      return { name: call.method, input: NO_BYTES };
    case "invokeScalar": {
      const [qname, ipc] = call.args;
      return { name: scalarExport(qname), input: ipc };
    }
    case "aggNew":
      return { name: aggregateExport(call.args[0], "new"), input: NO_BYTES };
    case "aggUpdate": {
      const [qname, state, ipc] = call.args;
      return { name: aggregateExport(qname, "update"), input: envelope(state, ipc) };
    }
    case "aggMerge": {
      const [qname, state, ipc] = call.args;
      return { name: aggregateExport(qname, "merge"), input: envelope(state, ipc) };
    }
    case "aggEvaluate": {
      const [qname, state] = call.args;
      return { name: aggregateExport(qname, "evaluate"), input: state };
    }
    case "invokeProcedure": {
      const [qname, ipc] = call.args;
      return { name: procedureExport(qname), input: ipc };
    }
  }
}
