import type { HostImports, ProvidedFunction } from "./provided-function.ts";

/**
 * What a guest gets whose plugin is granted nothing yet: messages are dropped, there is nothing to
 * know, and every function of the embedder refuses.
 *
 * @param imported the names of the embedder's functions that the plugin imports.
 * @param denial makes the error for the one that was called.
 */
export function deniedServices(
  imported: readonly string[],
  denial: (name: string) => Error,
): HostImports["services"] {
  const denying = (name: string): ProvidedFunction => ({
    kind: "closure",
    call: () => {
      throw denial(name);
    },
  });
  return {
    log: () => {},
    traceparent: () => undefined,
    metricCounter: () => undefined,
    functions: new Map(imported.map((name) => [name, denying(name)])),
  };
}
