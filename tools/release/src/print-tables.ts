import type { Consumption } from "./consume/consume-package.ts";
import type { Published } from "./publish/publish-packages.ts";

/** What each package weighs in the registry. */
export function publishedTable(published: readonly Published[]): string {
  return table([
    ["package", "version", "tarball", "unpacked", "files"],
    ...published.map(({ name, version, tarballBytes, unpackedBytes, files }) => {
      return [name, version, kib(tarballBytes), kib(unpackedBytes), String(files)];
    }),
  ]);
}

/** What each installation weighs on the disk. */
export function installedTable(consumptions: readonly Consumption[]): string {
  return table([
    ["installed", "MiB", "packages", "examples"],
    ...consumptions.map(({ command, tree, examples }) => {
      const mib = (tree.bytes / 2 ** 20).toFixed(1);
      return [command, mib, String(tree.names.length), String(examples)];
    }),
  ]);
}

function kib(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KiB`;
}

/** The first column to the left, numbers to the right. */
function table(rows: readonly (readonly string[])[]): string {
  const [head = []] = rows;
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) => {
    const cells = row.map((cell, column) => {
      const width = widths[column] ?? 0;
      return column === 0 ? cell.padEnd(width) : cell.padStart(width);
    });
    return `  ${cells.join("  ")}`;
  };
  return rows.map(line).join("\n");
}
