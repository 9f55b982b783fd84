import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { ScaffoldError } from "./scaffold-error.ts";

export interface TemplateOptions {
  /** The folder to copy. */
  readonly template: URL;
  /** The folder to make, in one that exists. */
  readonly target: URL;
  /** What stands for what, in contents and in names: `{ __name__: "geo" }`. */
  readonly replacements: Readonly<Record<string, string>>;
  /** Does the rest in the copy before it becomes the target. */
  readonly finish?: (folder: string) => void | Promise<void>;
  /** Nothing is made where it fires before everything is. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Copies a template folder, all or nothing: the target is there once it is whole.
 *
 * A file named `_package.json` becomes `package.json`: with that name, tools of the workspace would
 * take the template for a package.
 *
 * @throws ScaffoldError where the target exists; what `finish` throws; the reason of the signal.
 */
export async function createFromTemplate({
  template,
  target,
  replacements,
  finish,
  signal,
}: TemplateOptions): Promise<void> {
  // Without the slash that a URL of a folder ends with.
  const path = resolve(fileURLToPath(target));
  requireAbsent(path);
  const copy = mkdtempSync(join(dirname(path), `.${basename(path)}-`));
  try {
    const made = join(copy, basename(path));
    copyFolder(fileURLToPath(template), made, replacer(replacements));
    try {
      await finish?.(made);
    } finally {
      // In its place what failed: Ctrl-C also ends what finishing runs.
      signal?.throwIfAborted();
    }
    // Somebody else may have been faster, and renaming replaces an empty folder.
    requireAbsent(path);
    renameSync(made, path);
  } finally {
    rmSync(copy, { recursive: true });
  }
}

function requireAbsent(path: string): void {
  if (existsSync(path)) {
    throw new ScaffoldError(`${path} exists already; remove it, or take another name`);
  }
}

function copyFolder(from: string, to: string, replace: (text: string) => string): void {
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const source = join(from, entry.name);
    const target = join(to, replace(entry.name.replace(/^_(?!_)/, "")));
    if (entry.isDirectory()) copyFolder(source, target, replace);
    else copyFile(source, target, replace);
  }
}

function copyFile(from: string, to: string, replace: (text: string) => string): void {
  const bytes = readFileSync(from);
  // No text has a zero in it.
  const content = bytes.includes(0) ? bytes : replace(bytes.toString());
  writeFileSync(to, content, { flag: "wx", mode: statSync(from).mode });
}

/** Replaces in one pass, so that nothing is replaced in what was put in. */
function replacer(replacements: Readonly<Record<string, string>>): (text: string) => string {
  const values = new Map(Object.entries(replacements));
  if (values.size === 0) return (text) => text;
  const longestFirst = [...values.keys()].toSorted((a, b) => b.length - a.length);
  const pattern = longestFirst
    .map((placeholder) => placeholder.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join("|");
  return (text) => text.replaceAll(new RegExp(pattern, "g"), (found) => values.get(found) ?? found);
}
