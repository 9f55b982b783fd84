const MAX_LENGTH = 4000;
const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * Text of a stranger as it may stand in a message, a log or on a terminal: no control characters, which
 * start escape sequences and forge lines, no formatting characters, which turn the direction of what is
 * next to them, no halves of a surrogate pair; and not longer than anybody would read.
 */
export function printable(text: string, maxLength: number = MAX_LENGTH): string {
  const short = text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
  return short.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
    (character) => SHORT[character] ?? `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}
