export type ReadmeStep =
  /** Commands of a shell, `npm install` first. */
  | { readonly kind: "install"; readonly commands: string }
  | { readonly kind: "example"; readonly code: string; readonly printed: string | undefined }
  /** Commands of the package's own program. */
  | { readonly kind: "program"; readonly commands: string; readonly printed: string };

/**
 * What a reader of a README does, in its order: its installations, its examples in TypeScript, and
 * the first commands of the package's program.
 *
 * @param program the name of the program, where the package has one.
 */
export function stepsOf(readme: string, program?: string): ReadmeStep[] {
  const steps: ReadmeStep[] = [];
  for (const [, language, code = "", printed] of readme.matchAll(BLOCK)) {
    if (language === "ts") steps.push({ kind: "example", code, printed });
    else if (code.startsWith("npm install ")) {
      const lines = code.split("\n").filter((line) => line.startsWith("npm install "));
      steps.push({ kind: "install", commands: lines.join("\n") });
    } else if (isFirstOf(program, code, steps) && printed !== undefined) {
      steps.push({ kind: "program", commands: code, printed });
    }
  }
  if (steps[0]?.kind !== "install") {
    throw new Error('expected a block of "npm install …" in front of the first example');
  }
  return steps;
}

const BLOCK = /^```(ts|sh)\n([\s\S]*?)^```\n(?:\s*^```text\n([\s\S]*?)^```)?/gm;

function isFirstOf(program: string | undefined, code: string, steps: readonly ReadmeStep[]) {
  if (program === undefined || !code.startsWith(`${program} `)) return false;
  return !steps.some(({ kind }) => kind === "program");
}

/** The packages that a line names, without versions. */
export function namedIn(commands: string): string[] {
  const [line = ""] = commands.split("\n");
  const words = line
    .replace(/\s#.*$/, "")
    .split(/\s+/)
    .slice(2);
  return words
    .filter((word) => !word.startsWith("-"))
    .map((word) => word.replace(/(?<=.)@.*$/, ""));
}

/** Whether a text is what a README shows; there, the end of a line may be `…`. */
export function isPrinted(actual: string, printed: string): boolean {
  const escaped = printed.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("…\n", ".*\n")}$`).test(actual);
}
