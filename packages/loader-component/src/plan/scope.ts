import { malformed, unsupported } from "../binary/binary-cursor.ts";
import type { Declaration, Definition, Sort } from "../binary/definition.ts";
import type { ExportRef, ItemRef, PlanOptions } from "./plan.ts";
import type { PlanFunctionType, TypeRef } from "./types.ts";

export type TypeEntity =
  | { readonly kind: "value"; readonly ref: TypeRef }
  | ({ readonly kind: "func" } & PlanFunctionType)
  | {
      readonly kind: "instance";
      readonly declarations: readonly Declaration[];
      readonly scope: Scope;
    }
  | { readonly kind: "component" }
  | { readonly kind: "resource"; readonly resource: number };

/** A function between components: an import of the plan, or a core function that is lifted. */
export type FuncEntity =
  | { readonly import: number }
  | {
      readonly core: ExportRef;
      readonly type: PlanFunctionType;
      readonly options: PlanOptions;
      readonly postReturn: ExportRef | null;
    };

/** A core instance: one of the plan, or items that were only gathered under names. */
export type CoreInstanceEntity =
  | { readonly instance: number }
  | { readonly items: ReadonlyMap<string, { readonly sort: Sort; readonly item: ItemRef }> };

interface ComponentEntity {
  readonly definitions: readonly Definition[];
  readonly scope: Scope;
}

/** What an instance exports, or what a component gets, by name. */
export type InstanceEntity = ReadonlyMap<string, Item>;

/** What the index space of a sort holds. */
interface Spaces {
  readonly "core func": ItemRef;
  readonly "core table": ItemRef;
  readonly "core memory": ItemRef;
  readonly "core global": ItemRef;
  readonly "core tag": ItemRef;
  readonly "core module": Uint8Array;
  readonly "core instance": CoreInstanceEntity;
  readonly func: FuncEntity;
  readonly type: TypeEntity;
  readonly component: ComponentEntity;
  readonly instance: InstanceEntity;
}

export type Space = keyof Spaces;

/** Something of an index space. */
export type Item = {
  readonly [S in Space]: { readonly sort: S; readonly value: Spaces[S] };
}[Space];

/** The index spaces of a component, or of an instance's type, while it is resolved. */
export class Scope {
  readonly #parent: Scope | undefined;
  readonly #items = new Map<Space, unknown[]>();

  constructor(parent?: Scope) {
    this.#parent = parent;
  }

  add<S extends Space>(sort: S, value: Spaces[S]): void {
    const items = this.#items.get(sort);
    if (items === undefined) this.#items.set(sort, [value]);
    else items.push(value);
  }

  get<S extends Space>(sort: S, index: number): Spaces[S] {
    const value = this.#items.get(sort)?.[index];
    if (value === undefined) throw malformed(`there is no ${sort} ${index}`);
    // `add` put it under its own sort.
    return value as Spaces[S];
  }

  item({ sort, index }: { readonly sort: Sort; readonly index: number }): Item {
    const space = spaceOf(sort);
    // The value is of the space that it was looked up in.
    return { sort: space, value: this.get(space, index) } as Item;
  }

  addItem({ sort, value }: Item): void {
    this.add(sort, value);
  }

  /** The scope that is so many further out. */
  outer(outwards: number): Scope {
    let scope: Scope | undefined = this;
    for (let left = outwards; left > 0 && scope !== undefined; left--) scope = scope.#parent;
    if (scope === undefined) throw malformed(`there is nothing ${outwards} further out`);
    return scope;
  }
}

function spaceOf(sort: Sort): Space {
  if (sort === "value" || sort === "core type") throw unsupported(`items of the sort ${sort}`);
  return sort;
}
