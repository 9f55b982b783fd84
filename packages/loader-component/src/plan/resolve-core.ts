import { malformed, unsupported } from "../binary/binary-cursor.ts";
import type { Alias, Definition } from "../binary/definition.ts";
import { requireName } from "./names.ts";
import type { ItemRef, PlanInstanceImport } from "./plan.ts";
import type { PlanBuilder } from "./plan-builder.ts";
import type { CoreInstanceEntity, Item, Scope } from "./scope.ts";

/** Adds an instance of a core module to the plan. */
export function coreInstance(
  { module, args }: Definition & { kind: "core instantiate" },
  scope: Scope,
  builder: PlanBuilder,
): CoreInstanceEntity {
  const imports = args.map(({ name, value }): PlanInstanceImport => {
    requireName(name, "name of a core import");
    const core = scope.get("core instance", value);
    if ("instance" in core) return { name, instance: core.instance };
    builder.step(core.items.size);
    return { name, items: [...core.items].map(([field, { item }]) => [field, item]) };
  });
  const index = builder.module(scope.get("core module", module));
  return { instance: builder.addInstance({ module: index, imports }) };
}

/** Items that are gathered under names, as if an instance exported them. */
export function coreExports(
  { exports }: Definition & { kind: "core exports" },
  scope: Scope,
): CoreInstanceEntity {
  const items = exports.map(({ name, value }) => {
    requireName(name, "name of a core export");
    const item = coreValue(scope.item(value));
    if (item === undefined) throw unsupported(`a ${value.sort} in a core instance`);
    return [name, { sort: value.sort, item }] as const;
  });
  return { items: new Map(items) };
}

/** What a core instance exports; of one that the plan makes, whether it does is known when it is made. */
export function coreExport(
  { sort, instance, name }: Alias & { kind: "alias core export" },
  scope: Scope,
): Item {
  requireName(name, "name of a core export");
  const core = scope.get("core instance", instance);
  if ("instance" in core) return coreItem(sort, { instance: core.instance, name });
  const gathered = core.items.get(name);
  if (gathered?.sort !== sort) throw malformed(`a core instance has no ${name}`);
  return coreItem(sort, gathered.item);
}

function coreItem(sort: Alias["sort"], item: ItemRef): Item {
  switch (sort) {
    case "core func":
    case "core table":
    case "core memory":
    case "core global":
    case "core tag":
      return { sort, value: item };
    default:
      throw malformed(`a core instance exports no ${sort}`);
  }
}

function coreValue({ sort, value }: Item): ItemRef | undefined {
  switch (sort) {
    case "core func":
    case "core table":
    case "core memory":
    case "core global":
    case "core tag":
      return value;
    default:
      return undefined;
  }
}
