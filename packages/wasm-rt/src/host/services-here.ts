import type { LoaderError } from "../errors/loader-error.ts";
import type { MakeLoaderError } from "../errors/typed-error.ts";
import type { HostServices } from "./host-services.ts";
import { importFunction } from "./import-function.ts";
import type { HostImports, ProvidedFunction } from "./provided-function.ts";
import { requireSynchronous } from "./require-synchronous.ts";

/** The services of guests that run on the host's own thread, where nothing can be waited for. */
export async function servicesHere<E extends LoaderError>(
  errors: MakeLoaderError<E>,
  services: HostImports["services"],
): Promise<HostServices> {
  const functions = new Map<string, (bytes: Uint8Array) => Uint8Array>();
  for (const [name, provided] of services.functions) {
    functions.set(name, await functionHere(errors, name, provided));
  }
  return { ...services, functions };
}

async function functionHere<E extends LoaderError>(
  errors: MakeLoaderError<E>,
  name: string,
  provided: ProvidedFunction,
): Promise<(bytes: Uint8Array) => Uint8Array> {
  if (provided.kind === "module") return importFunction(errors, provided, provided.allows);
  const why = 'only guests on threads wait for it (isolation: "thread")';
  return (bytes) => requireSynchronous(errors, name, provided.call(bytes), why);
}
