import { LoaderError } from "../errors/loader-error.ts";
import type { GuestImports } from "../guest/guest.ts";
import type { HostServices } from "../host/host-services.ts";
import { importFunction } from "../host/import-function.ts";
import type { CarriedImports } from "./protocol.ts";
import type { ThreadLink } from "./thread-link.ts";

/** What guests on this thread import: what the thread has itself, and else what the host answers. */
export async function guestImports(
  link: ThreadLink,
  { config, closures, modules }: CarriedImports,
): Promise<GuestImports> {
  const functions = new Map<string, (bytes: Uint8Array) => Uint8Array>();
  for (const name of closures) {
    functions.set(name, (bytes) => {
      // The bytes are a copy for the host function alone.
      const transfer = [bytes.buffer as ArrayBuffer];
      return link.ask({ service: "function", name, bytes }, transfer) as Uint8Array;
    });
  }
  for (const [name, from] of modules) {
    const allows = (argument: string) => link.ask({ service: "allows", name, argument }) as boolean;
    functions.set(name, await importFunction(LoaderError, from, allows));
  }
  // The host answers each service with what its type says.
  const services: HostServices = {
    log: (level, message) => {
      link.ask({ service: "log", level, message });
    },
    traceparent: () => link.ask({ service: "traceparent" }) as string | undefined,
    metricCounter: (name) => link.ask({ service: "metricCounter", name }) as number | undefined,
    functions,
  };
  return { services, config };
}
