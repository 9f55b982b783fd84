const MAX_LENGTH = 4000;

/**
 * Text of a stranger as it may stand on a terminal: no control characters, which start escape
 * sequences and forge lines, no formatting characters, which turn the direction of what is next to
 * them, no halves of a pair; and not longer than anybody would read.
 */
export function printable(text: string, maxLength: number = MAX_LENGTH): string {
  const short = text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
  return short.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, escaped);
}

/** As `printable`, of text that has lines and indentation of its own. */
export function printableLines(text: string): string {
  return text
    .split("\n")
    .map((line) => line.split("\t").map(escapeControls).join("  "))
    .join("\n");
}

/**
 * JSON text in which nothing acts on a terminal, and which says the same: a string may have any
 * character as an escape, and outside of strings there are none of these.
 */
export function printableJson(json: string): string {
  return json.replace(/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    [...Array(character.length).keys()]
      .map((i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, "0")}`)
      .join(""),
  );
}

function escapeControls(line: string): string {
  return line.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, escaped);
}

const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function escaped(character: string): string {
  return SHORT[character] ?? `\\u{${character.codePointAt(0)?.toString(16)}}`;
}
