/**
 * What the tests of such commands stand on.
 *
 * @module
 */

export { runMain } from "./run-main.ts";
export {
  inRepository,
  installedAt,
  type RepositoryParts,
  TemporaryRepository,
} from "./temporary-repository.ts";
