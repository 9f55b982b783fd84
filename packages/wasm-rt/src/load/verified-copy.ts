import { createHash } from "node:crypto";
import type { LoaderError, LoaderErrorClass } from "../errors/loader-error.ts";

/**
 * A copy of a plugin's bytes, so that what is checked is what is compiled.
 *
 * @throws the loader's `INVALID_PLUGIN` where they are no bytes, or not the ones that the host pinned.
 */
export function verifiedCopy<E extends LoaderError>(
  bytes: Uint8Array,
  sha256: string | undefined,
  errors: LoaderErrorClass<E>,
): Uint8Array {
  if (!(bytes instanceof Uint8Array)) {
    throw new errors(
      "INVALID_PLUGIN",
      `expected the plugin as a Uint8Array, got ${Object.prototype.toString.call(bytes)}`,
    );
  }
  // Not `slice`, which gives a view where the bytes are a Buffer.
  const own = new Uint8Array(bytes);
  if (sha256 === undefined) return own;
  const actual = createHash("sha256").update(own).digest("hex");
  if (actual === sha256.toLowerCase()) return own;
  throw new errors(
    "INVALID_PLUGIN",
    `expected the plugin with SHA-256 ${sha256}, got one with ${actual}`,
  );
}
