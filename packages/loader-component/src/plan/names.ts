import { malformed } from "../binary/binary-cursor.ts";

const MAX_LENGTH = 512;
const MAX_SHOWN = 40;
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
  throw malformed(
    `the ${what} ${quoted(name)} is not printable ASCII without quotes and backslashes, of at most ${MAX_LENGTH} characters`,
  );
}

/** What a stranger wrote, for a message: quoted, without a control character, and not long. */
export function quoted(text: string): string {
  const cut = JSON.stringify(text.slice(0, MAX_SHOWN));
  const plain = cut.replace(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return text.length > MAX_SHOWN ? `${plain} …` : plain;
}
