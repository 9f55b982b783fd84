import type { LoadedPlugin, LoaderError } from "@uni/wasm-rt";
import type { CommandContext } from "../command-context.ts";
import { CliError } from "../errors/cli-error.ts";
import { explain } from "../errors/explain.ts";
import type { BinaryImport } from "../plugin/binary-description.ts";
import { detectFormat, FORMAT_NAMES, type PluginFile } from "../plugin/detect-format.ts";
import { functionsOf } from "../plugin/find-function.ts";
import { openPlugin } from "../plugin/open-plugin.ts";
import { readBytes } from "../plugin/read-bytes.ts";
import { type PluginFunction, signatureText, traitsText } from "../plugin/signature-text.ts";
import { standIns } from "../plugin/stand-ins.ts";
import { printableJson } from "../terminal/printable.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** What loading a plugin tells. */
type Loaded = Pick<LoadedPlugin<LoaderError>, "manifest"> & {
  readonly functions: readonly PluginFunction[];
};

/** Prints what a plugin is; what only its loader can tell is left out where there is none. */
export async function inspect(
  path: string,
  { json = false }: { readonly json?: boolean },
  context: CommandContext,
): Promise<void> {
  const file = detectFormat(path, await readBytes(path, context));
  const { loaded, error } = await load(file, context);
  const { terminal } = context;
  if (json)
    await terminal.write(
      `${printableJson(JSON.stringify(asJson(file, loaded, error), null, 2))}\n`,
    );
  else await printText(file, loaded, terminal);
  if (error === undefined) return;
  // Without a loader, what was printed is all there is to know; a plugin that does not load is at fault.
  if (!(error instanceof CliError) || error.code !== "NOT_INSTALLED") throw error;
  terminal.note({ style: "yellow", text: "note:" }, ` ${error.message}`);
  terminal.note({ style: "yellow", text: "hint:" }, ` ${error.hint ?? ""}`);
}

async function load(
  file: PluginFile,
  context: CommandContext,
): Promise<{ readonly loaded?: Loaded; readonly error?: unknown }> {
  try {
    await using open = await openPlugin(file, { hostFunctions: standIns(file) }, context);
    const { manifest } = open.plugin;
    return { loaded: { manifest, functions: functionsOf(open.plugin) } };
  } catch (error) {
    context.signal.throwIfAborted();
    return { error };
  }
}

function asJson(file: PluginFile, loaded: Loaded | undefined, error: unknown): object {
  const { path, format, bytes, sha256, imports, memories } = file;
  const known = { file: path, format, bytes: bytes.length, sha256, imports, memories };
  if (loaded === undefined) return { ...known, error: explain(error).message };
  const { manifest, functions } = loaded;
  const { id, version, abi, description, determinism, capabilities } = manifest;
  return {
    ...known,
    ...{ id, version, abi, description, determinism, capabilities: capabilities.names() },
    functions: functions.map((fn) => ({
      name: fn.callee.name.toString(),
      kind: fn.kind,
      text: signatureText(fn),
      ...fn.callee.signature,
    })),
  };
}

async function printText(file: PluginFile, loaded: Loaded | undefined, terminal: Terminal) {
  const { path, format, bytes, sha256, imports } = file;
  const rows: (readonly [string, string | undefined])[] = [["format", FORMAT_NAMES[format]]];
  if (loaded !== undefined) {
    const { id, version, abi, description, determinism, capabilities } = loaded.manifest;
    rows.push(
      ["id", id],
      ["version", version],
      ["ABI", abi ?? "any"],
      ["description", description],
    );
    rows.push(
      ["determinism", determinism],
      ["wants", capabilities.names().join(", ") || "nothing"],
    );
  }
  rows.push(["memory", memoryText(file)], ...importRows(imports));
  rows.push(["size", `${bytes.length.toLocaleString("en")} bytes`], ["sha256", sha256]);

  await terminal.print({ style: "bold", text: path });
  for (const [name, text] of rows) {
    if (text !== undefined)
      await terminal.print({ style: "dim", text: `  ${name.padEnd(13)}` }, text);
  }
  for (const [kind, title] of Object.entries(TITLES)) {
    const functions = loaded?.functions.filter((fn) => fn.kind === kind) ?? [];
    if (functions.length === 0) continue;
    await terminal.print("");
    await terminal.print({ style: "bold", text: title });
    const width = Math.max(...functions.map((fn) => signatureText(fn).length));
    for (const fn of functions) {
      const traits = { style: "dim", text: `   ${traitsText(fn)}` } as const;
      await terminal.print(`  ${signatureText(fn).padEnd(width)}`, traits);
    }
  }
}

const TITLES: Readonly<Record<PluginFunction["kind"], string>> = {
  scalar: "scalar functions",
  aggregate: "aggregates",
  procedure: "procedures",
};

function memoryText({ memories }: PluginFile): string {
  const texts = memories.map(({ initialPages, maxPages, imported }) => {
    const most = maxPages === undefined ? "no maximum" : `at most ${maxPages.toLocaleString("en")}`;
    const pages = `${initialPages.toLocaleString("en")} page${initialPages === 1 ? "" : "s"} of 64 KiB`;
    return `${pages}, ${most}${imported ? ", imported" : ""}`;
  });
  return texts.length === 0 ? "none" : texts.join("; ");
}

/** A row for each module or interface, with the names from it. */
function importRows(imports: readonly BinaryImport[]): (readonly [string, string])[] {
  const byModule = new Map<string, string[]>();
  for (const { from, name } of imports) {
    const names = byModule.get(from) ?? [];
    byModule.set(from, name === undefined ? names : [...names, name]);
  }
  if (byModule.size === 0) return [["imports", "nothing"]];
  return [...byModule].map(([from, names], i) => [
    i === 0 ? "imports" : "",
    names.length === 0 ? from : `${from}: ${names.join(", ")}`,
  ]);
}
