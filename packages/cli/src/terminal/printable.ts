import { printable } from "@uni/plugin/errors";

/** Text of a stranger that has lines and indentation of its own, otherwise as `printable` has it. */
export function printableLines(text: string): string {
  return text
    .split("\n")
    .map((line) =>
      line
        .split("\t")
        .map((part) => printable(part, line.length))
        .join("  "),
    )
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
