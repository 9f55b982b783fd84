/** Which side the cells of a column stand at. */
export type Side = "left" | "right";

/** Lines of a table whose columns are as wide as their widest cell. */
export function textTable(rows: readonly (readonly string[])[], sides: readonly Side[]): string[] {
  const widths = sides.map((_, i) => Math.max(0, ...rows.map((row) => row[i]?.length ?? 0)));
  return rows.map((row) =>
    sides
      .map((side, i) => {
        const [cell, width] = [row[i] ?? "", widths[i] ?? 0];
        return side === "left" ? cell.padEnd(width) : cell.padStart(width);
      })
      .join("  ")
      .trimEnd(),
  );
}
