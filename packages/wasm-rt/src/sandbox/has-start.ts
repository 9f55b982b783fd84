import { moduleSections } from "./module-sections.ts";

const START_SECTION = 8;

/** Whether instantiating a module, which the engine has validated, runs code of it. */
export function hasStart(bytes: Uint8Array): boolean {
  for (const { id } of moduleSections(bytes)) if (id === START_SECTION) return true;
  return false;
}
