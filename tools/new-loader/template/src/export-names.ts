import type { RegistrationEntry } from "@uni/plugin";
import type { GuestCall } from "@uni/wasm-rt/guest";

// How the ABI names the exports of a function: change it to what the format says.

/** The export of a scalar function. */
export const scalarExport = (qname: string): string => `scalar:${qname}`;

/** The steps of an aggregate. */
export const AGGREGATE_STEPS = ["new", "update", "merge", "evaluate"] as const;

/** The export of one step of an aggregate. */
export const aggregateExport = (qname: string, step: (typeof AGGREGATE_STEPS)[number]): string =>
  `aggregate:${qname}:${step}`;

/** The export of a procedure. */
export const procedureExport = (qname: string): string => `procedure:${qname}`;

/** The export that serves a call. */
export function exportOf(call: GuestCall): string {
  switch (call.method) {
    case "manifest":
    case "register":
      return call.method;
    case "invokeScalar":
      return scalarExport(call.args[0]);
    case "aggNew":
      return aggregateExport(call.args[0], "new");
    case "aggUpdate":
      return aggregateExport(call.args[0], "update");
    case "aggMerge":
      return aggregateExport(call.args[0], "merge");
    case "aggEvaluate":
      return aggregateExport(call.args[0], "evaluate");
    case "invokeProcedure":
      return procedureExport(call.args[0]);
  }
}

/** Every export that an entry of a registration promises. */
export function promisedExports({ kind, qname }: RegistrationEntry): string[] {
  const name = qname.toString();
  switch (kind) {
    case "scalar":
      return [scalarExport(name)];
    case "aggregate":
      return AGGREGATE_STEPS.map((step) => aggregateExport(name, step));
    case "procedure":
      return [procedureExport(name)];
  }
}
