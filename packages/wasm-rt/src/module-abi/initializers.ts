import { runStart } from "../sandbox/instantiate-hardened.ts";
import { exportedFunction } from "./exported-function.ts";

/**
 * The exports that a fresh guest runs once before its first call, in order: reactors of Go, Rust and
 * C set themselves up in the one, Haskell's run-time system in the other.
 *
 * @param has whether the guest exports a function of that name.
 */
export function initializers(has: (name: string) => boolean): string[] {
  const reactor = ["_initialize", "__wasm_call_ctors"].find(has);
  return [...(reactor === undefined ? [] : [reactor]), ...["hs_init"].filter(has)];
}

/**
 * Runs what a fresh guest runs once before its first call.
 *
 * @param attempt runs code of the guest, by a name for messages.
 */
export function initialize(
  exports: WebAssembly.Exports,
  attempt: (name: string, body: () => unknown) => unknown,
): void {
  attempt("start", () => runStart(exports));
  for (const name of initializers((name) => exportedFunction(exports, name) !== undefined)) {
    // hs_init takes argc and argv; a function that takes nothing ignores them.
    attempt(name, () => exportedFunction(exports, name)?.(0, 0));
  }
}
