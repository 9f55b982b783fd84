import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CompilerState,
  Extractor,
  ExtractorConfig,
  ExtractorLogLevel,
  type ExtractorMessage,
  ExtractorMessageCategory,
} from "@microsoft/api-extractor";
import { declarationsConfig } from "../declarations-config.ts";
import type { EntryPoint, PublicPackage } from "../public-packages.ts";

/** What one entry point exports. */
export interface ApiReport {
  readonly package: string;
  /** Where it is committed. */
  readonly path: string;
  readonly text: string;
}

export interface Extraction {
  readonly reports: readonly ApiReport[];
  /** What is wrong with the declarations. */
  readonly problems: readonly string[];
}

/** Reads what `pnpm build` has made of packages. */
export function extractReports(packages: readonly PublicPackage[]): Extraction {
  const work = mkdtempSync(join(tmpdir(), "uni-api-"));
  try {
    return extractInto(work, packages);
  } finally {
    rmSync(work, { recursive: true });
  }
}

function extractInto(work: string, packages: readonly PublicPackage[]): Extraction {
  const problems = new Set<string>();
  const reports: ApiReport[] = [];
  const tsconfig = declarationsConfig(packages);
  // Reading the declarations is nearly all of the work, and is done once for all entry points.
  let compilerState: CompilerState | undefined;
  for (const one of packages) {
    for (const entryPoint of one.entryPoints) {
      const config = configOf(work, one, entryPoint, tsconfig);
      compilerState ??= CompilerState.create(config);
      const messageCallback = (message: ExtractorMessage) => {
        // What is for the console is about files in the work folder.
        const ofConsole = message.category === ExtractorMessageCategory.Console;
        if (!ofConsole && message.logLevel === ExtractorLogLevel.Error) {
          problems.add(`${entryPoint.specifier}: ${message.formatMessageWithLocation(one.folder)}`);
        }
        message.handled = true;
      };
      Extractor.invoke(config, { localBuild: true, compilerState, messageCallback });
      const text = withoutComments(readFileSync(config.reportFilePath, "utf8"));
      const path = join(one.folder, "api", `${entryPoint.name}.api.md`);
      reports.push({ package: one.name, path, text });
    }
  }
  return { reports, problems: [...problems] };
}

/** A report without comments, and without saying where there are none: writing one changes no API. */
function withoutComments(report: string): string {
  return report
    .replace(/^ *\/\*\*[\s\S]*?\*\/\n/gm, "")
    .replace(/^ *\/\/ \((?:undocumented|No @packageDocumentation .*)\)\n/gm, "")
    .replace(/ \(undocumented\)$/gm, "");
}

function configOf(
  work: string,
  { folder }: PublicPackage,
  { name, declarations }: EntryPoint,
  tsconfig: object,
): ExtractorConfig {
  return ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: join(folder, "package.json"),
    configObject: {
      projectFolder: folder,
      mainEntryPointFilePath: declarations,
      newlineKind: "lf",
      compiler: { overrideTsconfig: tsconfig },
      apiReport: {
        enabled: true,
        reportFileName: `${name}.api.md`,
        reportFolder: work,
        reportTempFolder: join(work, "compared"),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
        extractorMessageReporting: {
          default: { logLevel: ExtractorLogLevel.Error },
          "ae-missing-release-tag": { logLevel: ExtractorLogLevel.None },
          // The API reference asks for these, and knows what other entry points export.
          "ae-forgotten-export": { logLevel: ExtractorLogLevel.None },
          "ae-undocumented": { logLevel: ExtractorLogLevel.None },
          "ae-unresolved-link": { logLevel: ExtractorLogLevel.None },
        },
        // typedoc reads the comments, and knows more tags than TSDoc.
        tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
      },
    },
  });
}
