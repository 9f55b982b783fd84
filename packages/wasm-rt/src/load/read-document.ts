import type { LoaderError, LoaderErrorClass } from "../errors/loader-error.ts";

const MAX_DOCUMENT_BYTES = 1 << 20;

/** A guest's JSON document as text. */
export function readDocument<E extends LoaderError>(
  bytes: Uint8Array,
  what: string,
  errors: LoaderErrorClass<E>,
): string {
  if (bytes.byteLength > MAX_DOCUMENT_BYTES) {
    throw new errors(
      "MANIFEST_INVALID",
      `expected ${what} to be at most ${MAX_DOCUMENT_BYTES} bytes, got ${bytes.byteLength}`,
    );
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new errors("MANIFEST_INVALID", `expected ${what} to be UTF-8`, { cause });
  }
}
