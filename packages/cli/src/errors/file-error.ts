import { CliError, type CliErrorCode } from "./cli-error.ts";

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file or folder",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EISDIR: "it is a folder",
  ENOTDIR: "a part of its path is not a folder",
  ENOSPC: "no space is left on the device",
  EDQUOT: "the disk quota is used up",
  EROFS: "the file system is read-only",
  EFBIG: "the file would be too large",
  EMFILE: "too many files are open",
  ENAMETOOLONG: "the name is too long",
  ELOOP: "its links go round in circles",
  ERR_FS_FILE_TOO_LARGE: "the file is larger than 2 GiB",
};

/** The code of an error of the operating system, such as `ENOENT`. */
export function systemCode(error: unknown): string | undefined {
  const code: unknown = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : undefined;
}

/** An error of the file system in words, with the path as it was given. */
export function fileError(
  code: CliErrorCode,
  doing: "read" | "write",
  path: string,
  cause: unknown,
): CliError {
  if (cause instanceof CliError) return cause;
  const system = systemCode(cause);
  const reason = REASONS[system ?? ""] ?? (cause instanceof Error ? cause.message : String(cause));
  return new CliError(code, `cannot ${doing} ${path}: ${reason}`, { cause });
}
