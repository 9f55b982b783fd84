import { malformed, unsupported } from "../binary/binary-cursor.ts";
import type { Alias, Canon, CanonOptions, Definition, Named } from "../binary/definition.ts";
import { requireName } from "./names.ts";
import type {
  ExportRef,
  ItemRef,
  PlanInstanceImport,
  PlannedComponent,
  PlanOptions,
} from "./plan.ts";
import { PlanBuilder } from "./plan-builder.ts";
import { importedInstance, importedItem, resolveType } from "./resolve-types.ts";
import {
  type CoreInstanceEntity,
  type FuncEntity,
  type InstanceEntity,
  type Item,
  Scope,
} from "./scope.ts";

/** How deep components may instantiate one another. */
const MAX_DEPTH = 64;

/**
 * Works out how a component is instantiated: which core modules, in which order, and what each of
 * them gets. Components inside of it are unfolded.
 *
 * @throws ComponentError `INVALID_PLUGIN` where the definitions do not fit together, or need more than
 * imported functions, resources of the host and lifted exports.
 */
export function resolveComponent(definitions: readonly Definition[]): PlannedComponent {
  const builder = new PlanBuilder();
  const exports = new Resolver(builder, new Scope()).resolve(definitions);
  for (const [name, { sort, value }] of exports) {
    if (sort === "func" && "core" in value) {
      const { core, type, options, postReturn } = value;
      builder.addExport({ name, core, options, postReturn, ...type });
    }
  }
  return builder.build();
}

/** Resolves the definitions of one component, or of an instance of a nested one. */
class Resolver {
  readonly #builder: PlanBuilder;
  readonly #scope: Scope;
  /** What a nested component is instantiated with; undefined for the component itself. */
  readonly #args: InstanceEntity | undefined;
  readonly #depth: number;
  readonly #exports = new Map<string, Item>();

  constructor(
    builder: PlanBuilder,
    scope: Scope,
    args: InstanceEntity | undefined = undefined,
    depth = 0,
  ) {
    if (depth > MAX_DEPTH) throw malformed(`instances are made more than ${MAX_DEPTH} deep`);
    this.#builder = builder;
    this.#scope = scope;
    this.#args = args;
    this.#depth = depth;
  }

  resolve(definitions: readonly Definition[]): InstanceEntity {
    for (const definition of definitions) {
      this.#builder.step(1 + partsOf(definition));
      this.#define(definition);
    }
    return this.#exports;
  }

  #define(definition: Definition): void {
    const scope = this.#scope;
    switch (definition.kind) {
      case "core module":
        scope.add("core module", definition.bytes);
        break;
      case "core instantiate":
        scope.add("core instance", this.#coreInstance(definition.module, definition.args));
        break;
      case "core exports":
        scope.add("core instance", this.#coreExports(definition.exports));
        break;
      case "component":
        scope.add("component", { definitions: definition.definitions, scope });
        break;
      case "instantiate": {
        const component = scope.get("component", definition.component);
        const args = new Map(definition.args.map(({ name, value }) => [name, scope.item(value)]));
        const nested = new Resolver(
          this.#builder,
          new Scope(component.scope),
          args,
          this.#depth + 1,
        );
        scope.add("instance", nested.resolve(component.definitions));
        break;
      }
      case "exports":
        scope.add(
          "instance",
          new Map(definition.exports.map(({ name, value }) => [name, scope.item(value)])),
        );
        break;
      case "type":
        scope.add("type", resolveType(definition.type, scope, this.#builder));
        break;
      case "canon":
        this.#canon(definition.canon);
        break;
      case "import":
        scope.addItem(this.#import(definition));
        break;
      case "export": {
        const item = scope.item(definition.item);
        requireName(definition.name, "name of an export");
        this.#exports.set(definition.name, item);
        // An export is also a new item of its index space.
        scope.addItem(item);
        break;
      }
      default:
        scope.addItem(this.#alias(definition));
        break;
    }
  }

  #import({ name, extern }: Definition & { kind: "import" }): Item {
    requireName(name, "name of an import");
    if (this.#args !== undefined) {
      const item = this.#args.get(name);
      if (item === undefined) throw malformed(`a nested component lacks its import ${name}`);
      return item;
    }
    if (extern.kind !== "instance") {
      return importedItem(extern, name, null, this.#scope, this.#builder);
    }
    const type = this.#scope.get("type", extern.type);
    if (type.kind !== "instance") throw malformed(`the import ${name} is of no instance's type`);
    this.#builder.addInterface(name);
    return { sort: "instance", value: importedInstance(type, name, this.#builder) };
  }

  #alias(alias: Alias): Item {
    switch (alias.kind) {
      case "alias export": {
        requireName(alias.name, "name of an export");
        const item = this.#scope.get("instance", alias.instance).get(alias.name);
        if (item?.sort !== alias.sort) throw malformed(`an instance has no ${alias.name}`);
        return item;
      }
      case "alias core export":
        return this.#coreExport(alias);
      case "alias outer":
        return this.#scope.outer(alias.outwards).item(alias);
    }
  }

  #coreExport({ sort, instance, name }: Alias & { kind: "alias core export" }): Item {
    requireName(name, "name of a core export");
    const core = this.#scope.get("core instance", instance);
    if ("instance" in core) return coreItem(sort, { instance: core.instance, name });
    const gathered = core.items.get(name);
    if (gathered?.sort !== sort) throw malformed(`a core instance has no ${name}`);
    return coreItem(sort, gathered.item);
  }

  #coreExports(exports: (Definition & { kind: "core exports" })["exports"]): CoreInstanceEntity {
    const items = exports.map(({ name, value }) => {
      requireName(name, "name of a core export");
      const item = coreValue(this.#scope.item(value));
      if (item === undefined) throw unsupported(`a ${value.sort} in a core instance`);
      return [name, { sort: value.sort, item }] as const;
    });
    return { items: new Map(items) };
  }

  #coreInstance(module: number, args: readonly Named<number>[]): CoreInstanceEntity {
    const imports = args.map(({ name, value }): PlanInstanceImport => {
      requireName(name, "name of a core import");
      const core = this.#scope.get("core instance", value);
      if ("instance" in core) return { name, instance: core.instance };
      return { name, items: [...core.items].map(([field, { item }]) => [field, item]) };
    });
    const bytes = this.#scope.get("core module", module);
    const index = this.#builder.module(bytes);
    return { instance: this.#builder.addInstance({ module: index, imports }) };
  }

  #canon(canon: Canon): void {
    const scope = this.#scope;
    switch (canon.kind) {
      case "lift":
        scope.add("func", this.#lift(canon));
        break;
      case "lower": {
        const func = scope.get("func", canon.func);
        if (!("import" in func)) throw unsupported("calls from one component into another");
        const options = this.#options(canon.options);
        const trampoline = this.#builder.addTrampoline({
          kind: "call",
          import: func.import,
          options,
        });
        scope.add("core func", { trampoline });
        break;
      }
      case "resource.drop": {
        const type = scope.get("type", canon.resource);
        if (type.kind !== "resource") throw malformed("it drops what is no resource");
        const { resource } = type;
        const trampoline = this.#builder.addTrampoline({ kind: "resource.drop", resource });
        scope.add("core func", { trampoline });
        break;
      }
      default:
        // Both belong to resources that the component defines.
        throw unsupported(`the canonical built-in ${canon.kind}`);
    }
  }

  #lift({ func, type: typeIndex, options }: Canon & { kind: "lift" }): FuncEntity {
    const type = this.#scope.get("type", typeIndex);
    if (type.kind !== "func") throw malformed(`a function is lifted to the type ${typeIndex}`);
    const { postReturn } = options;
    return {
      core: this.#exportRef("core func", func),
      type: { params: type.params, result: type.result },
      options: this.#options(options),
      postReturn: postReturn === undefined ? null : this.#exportRef("core func", postReturn),
    };
  }

  #options({ encoding, memory, realloc }: CanonOptions): PlanOptions {
    return {
      encoding,
      memory: memory === undefined ? null : this.#exportRef("core memory", memory),
      realloc: realloc === undefined ? null : this.#exportRef("core func", realloc),
    };
  }

  #exportRef(sort: "core func" | "core memory", index: number): ExportRef {
    const item = this.#scope.get(sort, index);
    if ("trampoline" in item) throw unsupported("a host function where its own one belongs");
    return item;
  }
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

function partsOf(definition: Definition): number {
  if ("exports" in definition) return definition.exports.length;
  return "args" in definition ? definition.args.length : 0;
}
