import { readFileSync } from "node:fs";

/** The contract's WIT package, with its worlds, as the package with the loader publishes it. */
export function contractWit(): string {
  // By its path: the loader's own tests need guests, so the kit comes before it.
  const path = "../../../../packages/loader-component/wit/world.wit";
  return readFileSync(new URL(path, import.meta.url), "utf8");
}
