import { cutMessage, type HostServices, logLevel } from "@uni/wasm-rt/guest";
import { type HostInterface, interfaceOf } from "./host-interface.ts";
import { NONE, some } from "./values.ts";

/** The services of every host, by the interface's name with its version. */
export const UNI_INTERFACES: ReadonlyMap<string, HostInterface<HostServices>> = new Map([
  [
    "uni:plugin/host-log@0.1.0",
    interfaceOf<HostServices>({
      log: {
        signature: "func(string, string)",
        // Cut here, or all of it would go to the host's thread.
        call: (services, level: string, message: string) =>
          services.log(logLevel(cutMessage(level)), cutMessage(message)),
      },
    }),
  ],
  [
    "uni:plugin/host-trace-context@0.1.0",
    interfaceOf<HostServices>({
      "get-traceparent": {
        signature: "func() -> option<string>",
        call: (services) => optional(services.traceparent()),
      },
    }),
  ],
  [
    "uni:plugin/host-metrics@0.1.0",
    interfaceOf<HostServices>({
      "metric-counter": {
        signature: "func(string) -> option<u64>",
        call: (services, name: string) => {
          const value = services.metricCounter(cutMessage(name));
          return optional(value === undefined ? undefined : BigInt(value));
        },
      },
    }),
  ],
]);

function optional(value: unknown): unknown {
  return value === undefined ? NONE : some(value);
}
