import { runProcess } from "@uni/processes";

export const RESOLUTIONS = { nodenext: "nodenext", bundler: "esnext" } as const;
export type Resolution = keyof typeof RESOLUTIONS;

export interface Diagnosis {
  /** Lines of the compiler about a consumer's program, or about a declaration of ours. */
  readonly ours: readonly string[];
  /** Other packages whose declarations this compiler does not take. */
  readonly theirs: readonly string[];
}

/** Compiles a consumer, declarations of packages included, as strictly as there is. */
export async function compileConsumer(
  files: readonly string[],
  options: {
    readonly tsc: string;
    readonly project: string;
    readonly resolution: Resolution;
    readonly signal: AbortSignal;
  },
): Promise<Diagnosis> {
  const { tsc, project, resolution, signal } = options;
  const flags = ["--noEmit", "--strict", "--pretty", "false", "--skipLibCheck", "false"];
  const target = ["--target", "es2022", "--types", "node"];
  const modules = ["--module", RESOLUTIONS[resolution], "--moduleResolution", resolution];
  const args = [tsc, ...flags, ...target, ...modules, ...files];
  const { status, stdout, stderr } = await runProcess(process.execPath, args, {
    cwd: project,
    signal,
  });
  signal.throwIfAborted();
  const diagnosis = diagnose(stdout);
  if (status !== 0 && diagnosis.ours.length + diagnosis.theirs.length === 0) {
    throw new Error(`tsc ended with ${status} and named no error:\n${stdout}${stderr}`);
  }
  return diagnosis;
}

/**
 * Tells errors that are for us to mend from those in declarations of other packages. `skipLibCheck`
 * would hide both, and with them types that have silently become `any`.
 */
export function diagnose(output: string): Diagnosis {
  const errors = output.split("\n").filter((line) => /(?:^|: )error TS\d+:/.test(line));
  const packageOf = (line: string) => {
    return /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(line)?.[1];
  };
  const isTheirs = (name: string | undefined): name is string => {
    return name !== undefined && !name.startsWith("@uni/");
  };
  return {
    ours: errors.filter((line) => !isTheirs(packageOf(line))),
    theirs: [...new Set(errors.map(packageOf).filter(isTheirs))].toSorted(),
  };
}
