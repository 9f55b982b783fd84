import type { HostServices } from "@uni/wasm-rt";

/** What a guest gets of a host that provides nothing. */
export const NO_SERVICES: HostServices = {
  log: () => {},
  traceparent: () => undefined,
  metricCounter: () => undefined,
  functions: new Map(),
};
