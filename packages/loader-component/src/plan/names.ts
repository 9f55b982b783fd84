import { malformed } from "../binary/binary-cursor.ts";

const MAX_LENGTH = 512;
// Printable ASCII, without quotes and backslash.
const PLAIN = /^[ !#-&(-[\]^_a-z{-~]*$/;

/** Whether a name is harmless wherever it is printed, logged or quoted. */
export function isPlainName(name: string): boolean {
  return name.length <= MAX_LENGTH && PLAIN.test(name);
}

/** @throws ComponentError `INVALID_PLUGIN` where a name is none that a tool would make. */
export function requireName(name: string, what: string): void {
  if (isPlainName(name)) return;
  const shown = JSON.stringify(name.slice(0, 40)) + (name.length > 40 ? " …" : "");
  throw malformed(
    `the ${what} ${shown} is not printable ASCII without quotes and backslashes, of at most ${MAX_LENGTH} characters`,
  );
}
