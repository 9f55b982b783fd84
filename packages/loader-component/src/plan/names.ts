import { malformed } from "../binary/binary-cursor.ts";

const MAX_LENGTH = 512;
// Printable ASCII, without quotes and backslash.
const PLAIN = /^[ !#-&(-[\]^_a-z{-~]*$/;

/**
 * Whether a name is harmless wherever it is printed, logged or quoted.
 *
 * Core WebAssembly allows any Unicode as a name, a component's validator only looks at the names of
 * components, and jco 1.35 pastes core names into JavaScript: exports as `exports0['N']` and, for async
 * callbacks, in double quotes too; imports as `'N': {`. A name with a quote, or one that ends in a
 * backslash, is then code. Nothing here evaluates such code, so a hostile name would be a mere key of an
 * object without a prototype. It is refused all the same: it serves nobody, and the next tool that
 * quotes it may be naive. Line breaks and escape sequences would forge lines of a log or a terminal.
 */
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
