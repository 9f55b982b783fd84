import type { ModulePass } from "../guest-abi.ts";
import { exportedFunctions } from "./exported-functions.ts";

/** WIT names have hyphens, which no identifier of AssemblyScript has. */
export const hyphenateExports: ModulePass = (module, api) => {
  for (const { name, value } of exportedFunctions(module, api)) {
    if (!name.includes("_") || name.startsWith("cabi_")) continue;
    module.removeExport(name);
    module.addFunctionExport(value, name.replaceAll("_", "-"));
  }
};
