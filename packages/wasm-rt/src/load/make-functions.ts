import type {
  AggregateFunction,
  CapabilitySet,
  Procedure,
  Registration,
  RegistrationEntry,
  ScalarFunction,
} from "@uni/plugin";
import { GuestAggregate } from "../call/guest-aggregate.ts";
import { GuestProcedure } from "../call/guest-procedure.ts";
import { GuestScalar } from "../call/guest-scalar.ts";
import type { LoaderError } from "../errors/loader-error.ts";
import type { PluginCalls } from "./plugin-calls.ts";

/** The functions of a plugin, by surface. */
export interface PluginFunctions {
  readonly scalars: readonly ScalarFunction[];
  readonly aggregates: readonly AggregateFunction[];
  readonly procedures: readonly Procedure[];
}

const CAPABILITY: Readonly<Record<RegistrationEntry["kind"], string>> = {
  scalar: "scalar-fn",
  aggregate: "aggregate-fn",
  procedure: "procedure",
};

/**
 * Makes every function that a plugin registers.
 *
 * @throws the loader's `CAPABILITY_DENIED` where a surface that it uses is not effective.
 */
export function makeFunctions<E extends LoaderError>(
  { entries }: Registration,
  effective: CapabilitySet,
  calls: PluginCalls<E>,
  pluginId: string,
): PluginFunctions {
  const denied = entries.find(({ kind }) => !effective.has(CAPABILITY[kind]));
  if (denied !== undefined) {
    throw new calls.errors(
      "CAPABILITY_DENIED",
      `${pluginId} registers the ${denied.kind} ${denied.qname} without the capability "${CAPABILITY[denied.kind]}"; its manifest must declare it and the host must grant it`,
    );
  }
  return {
    scalars: entries.flatMap((e) => (e.kind === "scalar" ? [new GuestScalar(e, calls)] : [])),
    aggregates: entries.flatMap((e) =>
      e.kind === "aggregate" ? [new GuestAggregate(e, calls)] : [],
    ),
    procedures: entries.flatMap((e) =>
      e.kind === "procedure" ? [new GuestProcedure(e, calls)] : [],
    ),
  };
}
