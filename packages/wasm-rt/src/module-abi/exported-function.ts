/** A function that a guest exports. */
export function exportedFunction(
  exports: WebAssembly.Exports,
  name: string,
): ((...args: unknown[]) => unknown) | undefined {
  const exported = exports[name];
  // An exported function of WebAssembly is callable with anything that converts.
  return typeof exported === "function" ? (exported as (...args: unknown[]) => unknown) : undefined;
}
