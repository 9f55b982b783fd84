/**
 * Says why the engine stopped a guest, or `undefined` where `error` is not the guest's doing.
 *
 * Stack overflow is a `RangeError` in V8, and an exception that the guest throws and nobody catches
 * a `WebAssembly.Exception`.
 */
export function trapReason(error: unknown): string | undefined {
  if (error instanceof WebAssembly.RuntimeError) return error.message;
  if (error instanceof RangeError && error.message.includes("call stack")) return "stack overflow";
  if (error instanceof WebAssembly.Exception) return "an exception that it did not catch";
  return undefined;
}
