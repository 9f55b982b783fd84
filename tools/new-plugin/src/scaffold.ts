// Stands in for @uni/scaffold, whose names and signatures these are, until it is merged.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** What whoever runs the command can do something about; its message is one line. */
export class ScaffoldError extends Error {}

/** @throws ScaffoldError where something cannot have this name. */
export function checkName(
  name: string,
  { what, reserved }: { readonly what: string; readonly reserved: Iterable<string> },
): void {
  const shown = JSON.stringify(name);
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || name.length > 40) {
    throw new ScaffoldError(
      `expected a name of at most 40 lowercase letters, digits and single hyphens that starts with a letter, got ${shown}; for example "my-${what}"`,
    );
  }
  if (new Set(reserved).has(name)) {
    throw new ScaffoldError(`there is a ${what} named ${shown} already; take another name`);
  }
}

export interface TemplateOptions {
  readonly template: URL;
  readonly target: URL;
  /** What stands for what, in contents and in names. */
  readonly replacements: Readonly<Record<string, string>>;
  /** Does the rest in the copy before it becomes the target. */
  readonly finish: (folder: string) => void;
}

/** Copies a template folder, all or nothing; a name loses the underscore that hides it from tools. */
export function createFromTemplate({ template, target, replacements, finish }: TemplateOptions) {
  const path = resolve(fileURLToPath(target));
  if (existsSync(path)) {
    throw new ScaffoldError(`${path} exists already; remove it, or take another name`);
  }
  const copy = mkdtempSync(join(dirname(path), `.${basename(path)}-`));
  const replace = (text: string) =>
    Object.entries(replacements).reduce((done, [from, to]) => done.replaceAll(from, to), text);
  const copyFolder = (from: string, to: string) => {
    mkdirSync(to);
    for (const entry of readdirSync(from, { withFileTypes: true })) {
      const source = join(from, entry.name);
      const made = join(to, replace(entry.name.replace(/^_(?!_)/, "")));
      if (entry.isDirectory()) copyFolder(source, made);
      else writeFileSync(made, replace(readFileSync(source, "utf8")), { flag: "wx" });
    }
  };
  try {
    const made = join(copy, basename(path));
    copyFolder(fileURLToPath(template), made);
    finish(made);
    renameSync(made, path);
  } finally {
    rmSync(copy, { recursive: true });
  }
}

/** @throws ScaffoldError where the package has a changeset of this name. */
export function writeChangeset(
  packageName: string,
  summary: string,
  { folder }: { readonly folder: URL },
): string {
  const file = fileURLToPath(new URL(`new-${packageName.replace(/^@[^/]*\//, "")}.md`, folder));
  if (existsSync(file)) {
    throw new ScaffoldError(`${file} exists already; is it of an earlier attempt? Remove it then`);
  }
  writeFileSync(file, `---\n"${packageName}": minor\n---\n\n${summary}\n`, { flag: "wx" });
  return file;
}
