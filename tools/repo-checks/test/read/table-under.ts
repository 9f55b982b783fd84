/**
 * The rows of the first table under a heading of the second level: what the first column names in
 * backticks, and what each of the others names.
 *
 * @throws Error where there is no such table, so that a check of it never passes for nothing.
 */
export function tableUnder(markdown: string, heading: string): Map<string, string[][]> {
  const [, section = ""] = markdown.split(`\n## ${heading}\n`);
  const [table] = section.split("\n## ", 1);
  const [rows] = /(?:^\|.*\n)+/m.exec(table ?? "") ?? [];
  if (rows === undefined) throw new Error(`there is no table under "## ${heading}"`);
  const cells = rows
    .trim()
    .split("\n")
    .slice(2)
    .map((row) => row.split("|").slice(1, -1));
  return new Map(cells.map(([name = "", ...others]) => [named(name)[0] ?? "", others.map(named)]));
}

function named(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);
}
