import type binaryen from "assemblyscript/binaryen";

/** All of binaryen.js, the very copy that the compiler uses. */
export type Binaryen = typeof binaryen;

/** Changes a module that is compiled and not yet optimized. */
export type ModulePass = (module: binaryen.Module, api: Binaryen) => void;

/**
 * What a guest's sources are compiled for. The kit has {@link extismAbi} and {@link componentAbi};
 * whoever has another describes it the same way, with a library in a folder of its own.
 *
 * @example
 * ```ts
 * const abi: GuestAbi = {
 *   host: "core host",
 *   libraries: [join(import.meta.dirname, "assembly")],
 *   abort: "uni/abi/abort",
 *   exports: ["uni/abi/exports"],
 *   hasImport: ({ module }) => module === "uni",
 *   passes: [wrapExports({ begin: "uni_begin", end: "uni_end", keep: ["uni_alloc"] })],
 * };
 * ```
 */
export interface GuestAbi {
  /** Who runs such guests, in messages: "Extism host". */
  readonly host: string;
  /**
   * Folders that have the module `uni/abi` and whatever else is the ABI's, as `uni/abi/index.ts`. A
   * TypeScript file at their top would be global in every guest. `uni/arrow`, `uni/aggregate` and
   * `uni/float` are the kit's, unless these folders have their own.
   */
  readonly libraries: readonly string[];
  /** Folders with packages that the library imports, beside those that the guest finds itself. */
  readonly packages?: readonly string[];
  /**
   * The library's module whose function `abort(message, file, line, column)` a `throw` compiles to.
   * By default a `throw` only traps.
   */
  readonly abort?: string;
  /** Modules of the library whose exports every guest has too. */
  readonly exports?: readonly string[];
  /** Whether the host has what a guest imports; what it has not fails the build. */
  readonly hasImport: (imported: WebAssembly.ModuleImportDescriptor) => boolean;
  /** What is done, in this order, to the module before it is optimized. */
  readonly passes?: readonly ModulePass[];
  /** Makes of the optimized module what the host loads; by default it loads the module. */
  readonly finish?: (wasm: Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer>>;
}
