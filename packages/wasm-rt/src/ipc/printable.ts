const MAX_LENGTH = 2000;

/**
 * Text with a guest's names in it, as it may stand in a log or on a terminal: without control and
 * formatting characters, and not longer than anybody would read.
 */
export function printable(text: string): string {
  const short = text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
  return short.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}
