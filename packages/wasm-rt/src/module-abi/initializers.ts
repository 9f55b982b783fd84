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
