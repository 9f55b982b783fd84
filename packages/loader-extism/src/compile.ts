import { binaryKind, hasStart, leadingBytes } from "@uni/wasm-rt";
import { ENV_MODULE, ENV_NAMES } from "./abi/env-names.ts";
import { ExtismError } from "./extism-error.ts";
import type { ExtismImage } from "./image.ts";

/** Compiles a core module and checks that it is a plugin which this host can instantiate. */
export async function compile(bytes: Uint8Array): Promise<ExtismImage> {
  requireCoreModule(bytes);
  let module: WebAssembly.Module;
  try {
    module = await WebAssembly.compile(bytes as Uint8Array<ArrayBuffer>);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ExtismError("INVALID_PLUGIN", `the module is not valid WebAssembly: ${reason}`, {
      cause,
    });
  }
  requireDocuments(module);
  requireKnownImports(module);
  return { module, hasStart: hasStart(bytes) };
}

function requireCoreModule(bytes: Uint8Array): void {
  const kind = binaryKind(bytes);
  if (kind === "core module") return;
  const came = {
    component: "a component; @uni/loader-component loads those",
    "WebAssembly text": "WebAssembly text; assemble it first, for example with wat2wasm",
    unknown: `something else (it starts with ${leadingBytes(bytes)})`,
  }[kind];
  throw new ExtismError("INVALID_PLUGIN", `expected a WebAssembly core module, got ${came}`);
}

function requireDocuments(module: WebAssembly.Module): void {
  const exports = functionExports(module);
  const missing = ["manifest", "register"].filter((name) => !exports.has(name));
  if (missing.length === 0) return;
  throw new ExtismError(
    "INVALID_PLUGIN",
    `expected a plugin, which exports the functions manifest and register; this module does not export ${missing.join(" and ")}`,
  );
}

function requireKnownImports(module: WebAssembly.Module): void {
  const unknown = WebAssembly.Module.imports(module)
    .filter(
      ({ module, name, kind }) =>
        module !== ENV_MODULE || kind !== "function" || !ENV_NAMES.has(name),
    )
    .map(({ module, name, kind }) => `${module} ${name} (${kind})`);
  if (unknown.length === 0) return;
  throw new ExtismError(
    "INSTANTIATE",
    `the module imports what this host does not provide: ${unknown.join(", ")}`,
  );
}

/** The names of the functions that a module exports. */
export function functionExports(module: WebAssembly.Module): ReadonlySet<string> {
  const functions = WebAssembly.Module.exports(module).filter(({ kind }) => kind === "function");
  return new Set(functions.map(({ name }) => name));
}
