import type { GuestAbi } from "../guest-abi.ts";
import { libraryFolder } from "../library-folder.ts";
import { addPostReturns } from "../passes/add-post-returns.ts";
import { hyphenateExports } from "../passes/hyphenate-exports.ts";
import { componentOf } from "./component-of.ts";
import { contractWit } from "./contract-wit.ts";

/** What a guest is built as a component with. */
export interface ComponentAbiOptions {
  /** The name of its world, one of the contract's or of `wit`. */
  readonly world: string;
  /** WIT to append to the contract's package, with worlds of the guest's own. */
  readonly wit?: string;
  /**
   * Whether what a `throw` says goes to the host's log before it traps. The guest imports the log
   * then; by default a `throw` only traps.
   */
  readonly logThrows?: boolean;
}

/** Components: the entry's exports are those of the world, each name with `_` for its hyphens. */
export function componentAbi({
  world,
  wit = "",
  logThrows = false,
}: ComponentAbiOptions): GuestAbi {
  return {
    host: "host of components",
    libraries: [libraryFolder("component")],
    ...(logThrows ? { abort: "uni/abi/abort" } : {}),
    hasImport: ({ module }) => module.startsWith("uni:plugin/"),
    exports: ["uni/abi/exports"],
    passes: [hyphenateExports, addPostReturns("uni-after")],
    finish: (core) => componentOf(core, `${contractWit()}\n${wit}`, world),
  };
}
