import { __Name__Error } from "./__name__-error.ts";

/**
 * Stands where code is missing; without any of them, this file goes too.
 *
 * @throws __Name__Error `INTERNAL`, saying what to write.
 */
export function notWritten(what: string, file: string): never {
  throw new __Name__Error(
    "INTERNAL",
    `loader-__name__ does not ${what} yet: write packages/loader-__name__/src/${file}`,
  );
}
