import type { ModulePass } from "../guest-abi.ts";
import { exportedFunctions } from "./exported-functions.ts";

/**
 * Makes the exported function `(result: i32) -> ()` of this name the post-return function of every
 * export of the world: the host calls it when it has read what the export returned (Component Model,
 * CanonicalABI.md, `canon lift`).
 */
export function addPostReturns(after: string): ModulePass {
  return (module, api) => {
    const all = exportedFunctions(module, api);
    const found = all.find(({ name }) => name === after);
    if (found === undefined) throw new Error(`no function ${after} is exported`);
    module.removeExport(after);
    for (const { name } of all) {
      if (name === after || name.startsWith("cabi_")) continue;
      module.addFunctionExport(found.value, `cabi_post_${name}`);
    }
  };
}
