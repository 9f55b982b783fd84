import { readFileSync } from "node:fs";
import { join } from "node:path";
import { blocksOf } from "../read/markdown.ts";
import { ROOT } from "../read/tracked-files.ts";

const page = readFileSync(join(ROOT, "docs/writing-a-plugin.md"), "utf8");
const LANGUAGES = ["c", "js", "rust"];

/** The code of a file of the page, which names the file in its first line. */
export function codeOf(file: string): string {
  const blocks = LANGUAGES.flatMap((language) => blocksOf(page, language));
  const found = blocks.filter(({ code }) => {
    const [first = ""] = code.split("\n", 1);
    return first === `// ${file}` || first === `/* ${file} */`;
  });
  const [block] = found;
  if (block === undefined || found.length > 1) {
    throw new Error(`expected one block of ${file} on the page, got ${found.length}`);
  }
  return block.code;
}

/** The command of the page that begins with `program`, to its end. */
export function commandOf(program: string): string {
  const commands = commandsOf(program);
  const [command] = commands;
  if (command === undefined || commands.length > 1) {
    throw new Error(`expected one command of ${program} on the page, got ${commands.length}`);
  }
  return command;
}

/** All commands of the page that begin with `program`, without what is said of them. */
export function commandsOf(program: string): string[] {
  return blocksOf(page, "sh").flatMap(({ code }) => {
    const lines = code.replaceAll(/\\\n\s*/g, "").split("\n");
    return lines
      .filter((line) => line.startsWith(`${program} `))
      .map((line) => line.replace(/\s+# .*$/, ""));
  });
}

/** What the page says of how large the plugin is in a language. */
export function statedSize(language: string): string | undefined {
  return new RegExp(`^\\| \\[${language}\\].* \\| ([^|]*) \\|$`, "m").exec(page)?.[1];
}
