import type binaryen from "assemblyscript/binaryen";
import type { Binaryen } from "../guest-abi.ts";

/** The exports of a module that are functions, by name and by the name inside. */
export function exportedFunctions(
  module: binaryen.Module,
  api: Binaryen,
): { readonly name: string; readonly value: string }[] {
  return Array.from({ length: module.getNumExports() }, (_, i) =>
    api.getExportInfo(module.getExportByIndex(i)),
  ).filter(({ kind }) => kind === api.ExternalFunction);
}
