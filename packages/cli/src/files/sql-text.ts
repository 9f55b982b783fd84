/** A text as SQL has it. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name as SQL has it, whatever is in it. */
export function sqlName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A path as DuckDB's readers take it, in which `*`, `?` and `[` mean more than one file. */
export function sqlPath(path: string): string {
  return sqlText(path.replace(/[*?[]/g, (character) => `[${character}]`));
}
