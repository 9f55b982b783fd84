import type { LoaderError, LoaderErrorClass } from "../errors/loader-error.ts";

/**
 * @param what the plugin is: a module, a component.
 * @throws the loader's `INVALID_PLUGIN` where `exported` lacks a function that every plugin has.
 */
export function requireDocuments<E extends LoaderError>(
  errors: LoaderErrorClass<E>,
  what: string,
  exported: Iterable<string>,
): void {
  const missing = missingOf(["manifest", "register"], exported);
  if (missing.length === 0) return;
  throw new errors(
    "INVALID_PLUGIN",
    `expected a plugin, which exports the functions manifest and register; this ${what} does not export ${missing.join(" and ")}`,
  );
}

/** @throws the loader's `MANIFEST_INVALID` where `exported` lacks what a registration promises. */
export function requirePromised<E extends LoaderError>(
  errors: LoaderErrorClass<E>,
  promised: Iterable<string>,
  exported: Iterable<string>,
): void {
  const missing = missingOf(promised, exported);
  if (missing.length === 0) return;
  throw new errors(
    "MANIFEST_INVALID",
    `the plugin registers functions that it does not export: ${missing.join(", ")}`,
  );
}

function missingOf(names: Iterable<string>, exported: Iterable<string>): string[] {
  const known = new Set(exported);
  return [...new Set(names)].filter((name) => !known.has(name));
}
