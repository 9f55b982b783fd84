import { parseArgs } from "node:util";
import { requireLoopback } from "./registry/loopback-address.ts";
import { RehearsalError } from "./run/rehearsal-error.ts";

export const USAGE = `Usage: pnpm release:rehearse [options]

Makes a release of the commit that is checked out, in a temporary clone and to a registry on this
machine, and uses the packages from there as their READMEs say. Uncommitted changes are not in it.

  --only NAME      uses this package alone, such as loader-extism; may be there several times
  --keep           keeps the temporary folder, and says where it is
  --registry URL   publishes to this registry, which has to be on this machine, and starts none
  -h, --help       this text`;

export interface RehearsalArguments {
  readonly only: readonly string[];
  readonly keep: boolean;
  readonly help: boolean;
  /** An address on this machine. */
  readonly registry: string | undefined;
}

/** @throws RehearsalError for what makes no sense, and for a registry that is not on this machine. */
export function readArguments(args: readonly string[]): RehearsalArguments {
  const { only = [], keep = false, help = false, registry } = parsed(args);
  return {
    only,
    keep,
    help,
    registry: registry === undefined ? undefined : requireLoopback(registry, "--registry"),
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        only: { type: "string", multiple: true },
        keep: { type: "boolean" },
        registry: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new RehearsalError(`${cause.message}; see "pnpm release:rehearse --help"`, { cause });
  }
}
