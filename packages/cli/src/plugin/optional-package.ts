import { CliError } from "../errors/cli-error.ts";
import { systemCode } from "../errors/file-error.ts";

/** What this package can do without, each for what it cannot do then. */
const OPTIONAL = [
  "@uni/loader-extism",
  "@uni/loader-component",
  "@uni/loader-core",
  "@uni/conformance",
  "@uni/duckdb",
  "@duckdb/node-api",
] as const;

/**
 * Imports a package that may not be there.
 *
 * @param load an `import()` of it.
 * @param use what needs it, as the start of a sentence.
 * @throws CliError `NOT_INSTALLED` with what installs it; what goes wrong inside of it as it is.
 */
export async function optionalPackage<M>(load: () => Promise<M>, use: string): Promise<M> {
  try {
    return await load();
  } catch (error) {
    const name = missingPackage(error);
    if (name === undefined) throw error;
    throw new CliError("NOT_INSTALLED", `${use} needs ${name}, which is not installed`, {
      hint: `npm install ${name}`,
      cause: error,
    });
  }
}

/** Node.js names the package that it did not find; a file of a package that is missing is another matter. */
function missingPackage(error: unknown): string | undefined {
  if (!(error instanceof Error) || systemCode(error) !== "ERR_MODULE_NOT_FOUND") return undefined;
  const [, missing] = /^Cannot find package '([^']+)'/.exec(error.message) ?? [];
  return OPTIONAL.find((name) => name === missing);
}
