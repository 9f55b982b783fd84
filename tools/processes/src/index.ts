/**
 * How the repository's commands run others.
 *
 * @module
 */

export { endGroup } from "./end-group.ts";
export { git, tryGit } from "./git.ts";
export { pnpmCommand } from "./pnpm-command.ts";
export {
  type ProcessOptions,
  type ProcessResult,
  requireSuccess,
  runProcess,
} from "./run-process.ts";
