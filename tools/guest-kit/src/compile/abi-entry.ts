import type { GuestAbi } from "../guest-abi.ts";

/** A second entry of the program; no file has the name. */
export const ABI_ENTRY = "__abi.ts";

/** Includes what the sources of a guest know nothing of; none where that is nothing. */
export function abiEntryText({ abort, exports = [] }: GuestAbi): string | undefined {
  const lines = exports.map((name) => `export * from "${name}";`);
  // The compiler finds the function only in a program that includes its file.
  if (abort !== undefined) lines.push(`import "${abort}";`);
  return lines.length === 0 ? undefined : lines.join("\n");
}
