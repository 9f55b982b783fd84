import type { ModulePass } from "../guest-abi.ts";
import { exportedFunctions } from "./exported-functions.ts";

/** The types that a compiled AssemblyScript function has. */
const NAMES = ["i32", "i64", "f32", "f64", "v128"] as const;

/** The functions around a call, by the names that the ABI's library exports them as. */
export interface WrapExportsOptions {
  /** Is called first, with the parameters of the call; returns nothing. */
  readonly begin: string;
  /** Is called last, with the status that the guest's function returned; its result is the call's. */
  readonly end: string;
  /** Exports that stay as they are. */
  readonly keep?: readonly string[];
}

/**
 * Gives every exported function `() -> i32` the parameters of `begin` and the result of `end`, which
 * are no longer exports then. So sources in which a call takes nothing and returns a status serve an
 * ABI in which it takes, say, an address and a length, and returns both in one i64.
 */
export function wrapExports({ begin, end, keep = [] }: WrapExportsOptions): ModulePass {
  return (module, api) => {
    const all = exportedFunctions(module, api);
    const infoOf = (internalName: string) => api.getFunctionInfo(module.getFunction(internalName));
    const typeOf = (internalName: string) => {
      const { params, results } = infoOf(internalName);
      const text = (type: number) =>
        api
          .expandType(type)
          .map((one) => NAMES.find((name) => api[name] === one) ?? "?")
          .join(", ");
      return `(${text(params)}) -> (${text(results)})`;
    };
    const take = (name: string) => {
      const found = all.find((exported) => exported.name === name);
      if (found !== undefined) return found.value;
      throw new Error(
        `no function ${name} is exported: have the ABI's library export it, and name its module in the ABI's \`exports\``,
      );
    };
    const before = take(begin);
    const after = take(end);
    if (infoOf(before).results !== api.none) {
      throw new Error(`${begin} is ${typeOf(before)}: it has to return nothing`);
    }
    if (infoOf(after).params !== api.i32) {
      throw new Error(`${end} is ${typeOf(after)}: it has to take one i32, the status`);
    }
    const { params } = infoOf(before);
    const { results } = infoOf(after);
    // An expression is part of one function only.
    const locals = () => api.expandType(params).map((type, index) => module.local.get(index, type));

    module.removeExport(begin);
    module.removeExport(end);
    for (const { name, value } of all) {
      if (name === begin || name === end || keep.includes(name)) continue;
      const { params: own, results: status } = infoOf(value);
      if (own !== api.none || status !== api.i32) {
        throw new Error(
          `the export ${name} is ${typeOf(value)}: a function of the plugin is () -> (i32), and one of the ABI is in \`keep\``,
        );
      }
      const wrapper = `${name}~wrapped`;
      const body = module.block(
        null,
        [
          module.call(before, locals(), api.none),
          module.call(after, [module.call(value, [], api.i32)], results),
        ],
        results,
      );
      module.addFunction(wrapper, params, results, [], body);
      module.removeExport(name);
      module.addFunctionExport(wrapper, name);
    }
  };
}
