import type { LoaderError, LoaderErrorClass } from "../errors/loader-error.ts";
import { type BinaryKind, binaryKind, leadingBytes } from "../sandbox/binary-kind.ts";

/**
 * @param expected the kind that a format consists of.
 * @param instead what to say of the kinds that somebody else takes, or that need a step first.
 * @throws the loader's `INVALID_PLUGIN`, saying what the bytes are.
 */
export function requireKind<E extends LoaderError>(
  errors: LoaderErrorClass<E>,
  bytes: Uint8Array,
  expected: BinaryKind,
  instead: Readonly<Partial<Record<BinaryKind, string>>>,
): void {
  const kind = binaryKind(bytes);
  if (kind === expected) return;
  const came = instead[kind] ?? `something else (it starts with ${leadingBytes(bytes)})`;
  throw new errors("INVALID_PLUGIN", `expected a WebAssembly ${expected}, got ${came}`);
}
