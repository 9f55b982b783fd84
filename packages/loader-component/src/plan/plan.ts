import type { PlanFunctionType, PlanType } from "./types.ts";

/** An item that an instance of the plan exports. */
export interface ExportRef {
  /** An earlier instance. */
  readonly instance: number;
  readonly name: string;
}

/** What a core module gets for one of its imports. */
export type ItemRef = ExportRef | { readonly trampoline: number };

export type StringEncoding = "utf8" | "utf16" | "latin1+utf16";

/** How values cross into the memory of a guest, and out of it. */
export interface PlanOptions {
  readonly encoding: StringEncoding;
  readonly memory: ExportRef | null;
  readonly realloc: ExportRef | null;
}

/** A function that the component imports. */
export interface PlanImport extends PlanFunctionType {
  /** Such as `wasi:io/streams@0.2.3`; null for a function that belongs to the world itself. */
  readonly interface: string | null;
  readonly name: string;
}

/** A core function that the host makes. */
export type PlanTrampoline =
  /** Calls an import. */
  | { readonly kind: "call"; readonly import: number; readonly options: PlanOptions }
  /** Drops a handle. */
  | { readonly kind: "resource.drop"; readonly resource: number };

/** A function that the component exports. */
export interface PlanExport extends PlanFunctionType {
  readonly name: string;
  readonly core: ExportRef;
  readonly options: PlanOptions;
  /** Called with the core result, once it is read. */
  readonly postReturn: ExportRef | null;
}

/** A core instance: of which module, and on what. */
export interface PlanInstance {
  readonly module: number;
  readonly imports: readonly PlanInstanceImport[];
}

/** What an instance imports from one name: all that an earlier instance exports, or single items. */
export type PlanInstanceImport =
  | { readonly name: string; readonly instance: number }
  | { readonly name: string; readonly items: readonly (readonly [string, ItemRef])[] };

/** A type whose values are handles of what the host keeps. */
export interface PlanResource {
  readonly name: string;
  /** The interface that it is imported from. */
  readonly interface: string;
}

/**
 * How a component is instantiated, as plain data: no index of it is resolved at run time, and nothing
 * in it is code.
 */
export interface ComponentPlan {
  readonly types: readonly PlanType[];
  readonly resources: readonly PlanResource[];
  readonly imports: readonly PlanImport[];
  /** Interfaces that the component imports, also those of which it calls nothing. */
  readonly interfaces: readonly string[];
  readonly trampolines: readonly PlanTrampoline[];
  readonly instances: readonly PlanInstance[];
  readonly exports: readonly PlanExport[];
}

/** A component taken apart. */
export interface PlannedComponent {
  readonly plan: ComponentPlan;
  /** The core modules that the plan's instances are of. */
  readonly modules: readonly Uint8Array[];
}
