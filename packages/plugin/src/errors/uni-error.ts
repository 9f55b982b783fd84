import { brand } from "./brand.ts";

/**
 * Every error that this project throws on purpose is a `UniError`: `code` says what kind of
 * failure it is and stays stable over versions, `message` says what was expected and what came.
 *
 * `instanceof` works across installed copies of `@uni/plugin`.
 *
 * @example
 * ```ts
 * try {
 *   await registry.scalar("ai.example.geo.haversine").invoke(batch);
 * } catch (error) {
 *   if (error instanceof UniError && error.code === "TIMEOUT") retryLater();
 *   else throw error;
 * }
 * ```
 */
export class UniError extends Error {
  static {
    brand(UniError, "UniError");
  }

  /** Which kind of failure this is, in capitals with underscores. */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
