import { execFileSync } from "node:child_process";
import { availableParallelism, cpus, totalmem } from "node:os";
import { fileURLToPath } from "node:url";
import type { Machine } from "./report.ts";

export function describeMachine(): Machine {
  return {
    cpu: cpus()[0]?.model.trim().replaceAll(/\s+/g, " ") || process.arch,
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
  };
}

/**
 * The commit that is checked out, with `-dirty` where files differ from it.
 *
 * @throws Error where Git, or the repository, is not there.
 */
export function describeCommit(): string {
  const cwd = fileURLToPath(new URL(".", import.meta.url));
  const args = [
    "-c",
    "safe.directory=*",
    "describe",
    "--always",
    "--dirty",
    "--abbrev=9",
    "--exclude=*",
  ];
  return execFileSync("git", args, { cwd, encoding: "utf8" }).trim();
}
