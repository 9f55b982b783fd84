import { UniError } from "@uni/plugin/errors";

/** What an error counts as: its `code`, or `OTHER` where it is nobody's of this project. */
export function errorCode(error: unknown): string {
  return error instanceof UniError ? error.code : "OTHER";
}
