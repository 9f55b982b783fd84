import type { CommandContext } from "../command-context.ts";
import { CliError } from "../errors/cli-error.ts";
import { AtomicFile } from "../output/atomic-file.ts";
import { detectFormat, FORMAT_NAMES } from "../plugin/detect-format.ts";
import { optionalPackage } from "../plugin/optional-package.ts";
import { readBytes } from "../plugin/read-bytes.ts";
import { printableJson } from "../terminal/printable.ts";

export interface PrecompileOptions {
  readonly output?: string;
  readonly json?: boolean;
}

/** Takes a component apart, so that it loads without what validates components. */
export async function precompile(
  path: string,
  { output, json = false }: PrecompileOptions,
  context: CommandContext,
): Promise<void> {
  const { terminal, signal } = context;
  const { bytes, format } = detectFormat(path, await readBytes(path, context));
  if (format !== "component") {
    const what =
      format === "precompiled"
        ? "it is precompiled already"
        : `it is of the format ${FORMAT_NAMES[format]}`;
    throw new CliError("USAGE", `${path} needs no precompiling: ${what}`);
  }
  if (output === undefined && path === "-") {
    throw new CliError("USAGE", "say with -o where what comes from the standard input goes");
  }
  const { ComponentLoader } = await optionalPackage(
    () => import("@uni/loader-component"),
    "precompiling",
  );
  const artifact = await ComponentLoader.precompile(bytes);
  signal.throwIfAborted();
  const place = output ?? `${path.replace(/\.wasm$/i, "")}.precompiled`;
  if (place === "-") {
    if (terminal.isInteractive) throw new CliError("USAGE", "bytes are not for a terminal");
    await terminal.write(artifact);
    return;
  }
  await using file = await AtomicFile.create(place);
  await file.write(artifact);
  await file.commit();
  const report = { file: path, output: place, bytes: artifact.length };
  if (json) await terminal.write(`${printableJson(JSON.stringify(report))}\n`);
  else
    await terminal.print(`${place}  `, {
      style: "dim",
      text: `${artifact.length.toLocaleString("en")} bytes`,
    });
}
