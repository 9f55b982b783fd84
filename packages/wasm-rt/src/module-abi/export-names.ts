import type { RegistrationEntry } from "@uni/plugin";

const stem = (qname: string): string => qname.replaceAll(".", "_");

/** The export of a scalar function. */
export const scalarExport = (qname: string): string => `invoke_${stem(qname)}`;

/** The steps of an aggregate. */
export type AggregateStep = "new" | "update" | "merge" | "evaluate";

/** The export of one step of an aggregate. */
export const aggregateExport = (qname: string, step: AggregateStep): string =>
  `agg_${stem(qname)}_${step}`;

/** The export of a procedure. */
export const procedureExport = (qname: string): string => `proc_${stem(qname)}_invoke`;

/** Every export that an entry of a registration promises. */
export function promisedExports({ kind, qname }: RegistrationEntry): string[] {
  const name = qname.toString();
  switch (kind) {
    case "scalar":
      return [scalarExport(name)];
    case "aggregate":
      return (["new", "update", "merge", "evaluate"] as const).map((step) =>
        aggregateExport(name, step),
      );
    case "procedure":
      return [procedureExport(name)];
  }
}
