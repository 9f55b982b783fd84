import { fileURLToPath } from "node:url";
import { Application, type DocumentationEntryPoint, Logger, LogLevel } from "typedoc";
import ts from "typescript";
import { declarationsConfig } from "../declarations-config.ts";
import type { PublicPackage } from "../public-packages.ts";

/**
 * Writes the API reference of packages, as `pnpm build` has made them, as HTML; nothing where there is
 * something to complain about.
 *
 * @returns the complaints: an export without a comment, a link that leads nowhere, a type that is used
 * and not exported.
 */
export async function writeReference(
  packages: readonly PublicPackage[],
  folder: string,
): Promise<readonly string[]> {
  const app = await Application.bootstrap(
    {
      name: "Uni",
      out: folder,
      readme: "none",
      disableSources: true,
      excludePrivate: true,
      // The HTML is the same for the same packages.
      hideGenerator: true,
      validation: {
        notExported: true,
        notDocumented: true,
        invalidLink: true,
        rewrittenLink: true,
      },
      requiredToBeDocumented: [
        ...(["Module", "Variable", "Function", "Class", "Interface", "TypeAlias", "Enum"] as const),
        ...(["Method", "Accessor", "EnumMember"] as const),
      ],
    },
    // There are no options but these.
    [],
  );
  const complaints = new Complaints();
  app.logger = complaints;
  const project = app.converter.convert(entryPointsOf(packages));
  // What is exported and documented is checked for the package alone that the project says it is of.
  for (const { name } of packages) {
    project.packageName = name;
    app.validate(project);
  }
  delete project.packageName;
  if (complaints.all.size === 0) await app.generateOutputs(project);
  return [...complaints.all];
}

/** Modules are named as they are imported, and not as they lie on the disk. */
function entryPointsOf(packages: readonly PublicPackage[]): DocumentationEntryPoint[] {
  const base = fileURLToPath(new URL("../../../..", import.meta.url));
  const { options, fileNames } = ts.parseJsonConfigFileContent(
    declarationsConfig(packages),
    ts.sys,
    base,
  );
  const program = ts.createProgram(fileNames, options);
  return packages
    .flatMap(({ entryPoints }) => entryPoints)
    .map(({ specifier, declarations }) => {
      const sourceFile = program.getSourceFile(declarations);
      if (sourceFile === undefined) {
        throw new Error(`${specifier} has no declarations at ${declarations}; run \`pnpm build\``);
      }
      return { displayName: specifier, program, sourceFile };
    });
}

class Complaints extends Logger {
  readonly all = new Set<string>();

  override log(message: string, level: LogLevel): void {
    if (level >= LogLevel.Warn) this.all.add(message);
  }
}
