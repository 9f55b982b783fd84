import { malformed } from "../binary/binary-cursor.ts";
import type { Alias, Definition } from "../binary/definition.ts";
import { requireName } from "./names.ts";
import type { PlannedComponent } from "./plan.ts";
import { PlanBuilder } from "./plan-builder.ts";
import { resolveCanon } from "./resolve-canon.ts";
import { coreExport, coreExports, coreInstance } from "./resolve-core.ts";
import { importedInstance, importedItem, resolveType } from "./resolve-types.ts";
import { type InstanceEntity, type Item, Scope } from "./scope.ts";

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
        scope.add("core instance", coreInstance(definition, scope, this.#builder));
        break;
      case "core exports":
        scope.add("core instance", coreExports(definition, scope));
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
        resolveCanon(definition.canon, scope, this.#builder);
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
        return coreExport(alias, this.#scope);
      case "alias outer":
        return this.#scope.outer(alias.outwards).item(alias);
    }
  }
}

function partsOf(definition: Definition): number {
  if ("exports" in definition) return definition.exports.length;
  return "args" in definition ? definition.args.length : 0;
}
