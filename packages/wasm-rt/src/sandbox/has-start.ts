import { moduleSections, SECTION } from "./module-sections.ts";

/** Whether instantiating a module, which the engine has validated, runs code of it. */
export function hasStart(bytes: Uint8Array): boolean {
  for (const { id } of moduleSections(bytes)) if (id === SECTION.start) return true;
  return false;
}
