import type { LoaderError } from "../errors/loader-error.ts";
import type { MakeLoaderError } from "../errors/typed-error.ts";
import { callHostFunction } from "./call-host-function.ts";
import { hostFailure } from "./host-failure.ts";
import type { HostFunctionContext } from "./host-function.ts";
import type { ModuleFunction } from "./provided-function.ts";
import { requireSynchronous } from "./require-synchronous.ts";

/**
 * A host function out of its module, on the thread that imports it.
 *
 * @throws the loader's `INTERNAL` where the module cannot be imported or does not export it.
 */
export async function importFunction<E extends LoaderError>(
  errors: MakeLoaderError<E>,
  { href, name, pluginId, pluginVersion }: ModuleFunction,
  allows: (argument: string) => boolean,
): Promise<(bytes: Uint8Array) => Uint8Array> {
  const exported = await exportOf(errors, href, name);
  const context: HostFunctionContext = Object.freeze({ pluginId, pluginVersion, allows });
  return (bytes) => {
    const result = callHostFunction(errors, name, () => exported(bytes, context));
    return requireSynchronous(errors, name, result, "where its guest runs nobody can wait for it");
  };
}

async function exportOf<E extends LoaderError>(
  errors: MakeLoaderError<E>,
  href: string,
  name: string,
): Promise<(bytes: Uint8Array, context: HostFunctionContext) => unknown> {
  let module: Record<string, unknown>;
  try {
    module = await import(/* @vite-ignore */ href);
  } catch (cause) {
    throw hostFailure(errors, `importing the host function ${name} from ${href}`, cause);
  }
  const exported = module[name];
  if (typeof exported === "function") {
    // The embedder's own code: what it takes is in the documentation of HostFunction.
    return exported as (bytes: Uint8Array, context: HostFunctionContext) => unknown;
  }
  throw new errors("INTERNAL", `${href} exports no function ${name}, which is a host function`);
}
