/**
 * A module beside another one of the same package, for an `import` or a thread: compiled, both are
 * JavaScript; in a repository's tests they are their sources.
 *
 * @param from the `import.meta.url` of the other one.
 * @param name without its ending, such as `./guest`.
 */
export function siblingModule(from: string, name: string): URL {
  return new URL(`${name}.${from.endsWith(".ts") ? "ts" : "js"}`, from);
}
