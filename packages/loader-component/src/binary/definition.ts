import type { StringEncoding } from "../plan/plan.ts";
import type { Primitive } from "../plan/types.ts";

/** What a name or an index stands for, in a component. */
export type Sort = CoreSort | "func" | "value" | "type" | "component" | "instance";

/** What a name or an index stands for, in a core module; as `core …` in a component. */
export type CoreSort =
  | "core func"
  | "core table"
  | "core memory"
  | "core global"
  | "core tag"
  | "core type"
  | "core module"
  | "core instance";

/** An item of an index space. */
export interface SortIndex {
  readonly sort: Sort;
  readonly index: number;
}

export interface Named<T> {
  readonly name: string;
  readonly value: T;
}

/** A value type where it is used: a primitive, or the index of a defined one. */
export type ValueTypeUse = Primitive | number;

export type DefinedType =
  | { readonly kind: "primitive"; readonly primitive: Primitive }
  | { readonly kind: "record"; readonly fields: readonly Named<ValueTypeUse>[] }
  | { readonly kind: "variant"; readonly cases: readonly Named<ValueTypeUse | undefined>[] }
  | { readonly kind: "list"; readonly element: ValueTypeUse }
  | { readonly kind: "tuple"; readonly items: readonly ValueTypeUse[] }
  | { readonly kind: "flags"; readonly names: readonly string[] }
  | { readonly kind: "enum"; readonly names: readonly string[] }
  | { readonly kind: "option"; readonly value: ValueTypeUse }
  | {
      readonly kind: "result";
      readonly ok: ValueTypeUse | undefined;
      readonly err: ValueTypeUse | undefined;
    }
  | { readonly kind: "own" | "borrow"; readonly resource: number };

export type TypeDefinition =
  | DefinedType
  | {
      readonly kind: "func";
      readonly params: readonly Named<ValueTypeUse>[];
      readonly result: ValueTypeUse | undefined;
    }
  | { readonly kind: "instance"; readonly declarations: readonly Declaration[] }
  | { readonly kind: "component" }
  | { readonly kind: "resource"; readonly destructor: number | undefined };

/** What is declared about an import or an export. */
export type Extern =
  | { readonly kind: "func" | "instance" | "component" | "module"; readonly type: number }
  | { readonly kind: "type"; readonly equals: number }
  | { readonly kind: "resource" }
  | { readonly kind: "value" };

/** What an instance type consists of. */
export type Declaration =
  | { readonly kind: "type"; readonly type: TypeDefinition }
  | Alias
  | { readonly kind: "export"; readonly name: string; readonly extern: Extern };

export type Alias =
  | {
      readonly kind: "alias export";
      readonly sort: Sort;
      readonly instance: number;
      readonly name: string;
    }
  | {
      readonly kind: "alias core export";
      readonly sort: Sort;
      readonly instance: number;
      readonly name: string;
    }
  | {
      readonly kind: "alias outer";
      readonly sort: Sort;
      readonly outwards: number;
      readonly index: number;
    };

/** How a function crosses between core WebAssembly and components. */
export interface CanonOptions {
  readonly encoding: StringEncoding;
  readonly memory: number | undefined;
  readonly realloc: number | undefined;
  readonly postReturn: number | undefined;
}

export type Canon =
  | {
      readonly kind: "lift";
      readonly func: number;
      readonly options: CanonOptions;
      readonly type: number;
    }
  | { readonly kind: "lower"; readonly func: number; readonly options: CanonOptions }
  | { readonly kind: "resource.new" | "resource.drop" | "resource.rep"; readonly resource: number };

/** What a component consists of, in the order of its bytes. */
export type Definition =
  | { readonly kind: "core module"; readonly bytes: Uint8Array }
  | {
      readonly kind: "core instantiate";
      readonly module: number;
      readonly args: readonly Named<number>[];
    }
  | { readonly kind: "core exports"; readonly exports: readonly Named<SortIndex>[] }
  | { readonly kind: "component"; readonly definitions: readonly Definition[] }
  | {
      readonly kind: "instantiate";
      readonly component: number;
      readonly args: readonly Named<SortIndex>[];
    }
  | { readonly kind: "exports"; readonly exports: readonly Named<SortIndex>[] }
  | Alias
  | { readonly kind: "type"; readonly type: TypeDefinition }
  | { readonly kind: "canon"; readonly canon: Canon }
  | { readonly kind: "import"; readonly name: string; readonly extern: Extern }
  | {
      readonly kind: "export";
      readonly name: string;
      readonly item: SortIndex;
      readonly extern: Extern | undefined;
    };
