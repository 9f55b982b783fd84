import { malformed, unsupported } from "../binary/binary-cursor.ts";
import type { DefinedType, Extern, TypeDefinition, ValueTypeUse } from "../binary/definition.ts";
import { requireName } from "./names.ts";
import type { PlanBuilder } from "./plan-builder.ts";
import { type Item, Scope, type TypeEntity } from "./scope.ts";
import type { PlanType, TypeRef } from "./types.ts";

/** What a definition of the type section is, in its scope. */
export function resolveType(type: TypeDefinition, scope: Scope, builder: PlanBuilder): TypeEntity {
  const use = (used: ValueTypeUse) => valueRef(used, scope);
  builder.step(partsOf(type));
  switch (type.kind) {
    case "func":
      return {
        kind: "func",
        params: type.params.map(({ value }) => use(value)),
        result: type.result === undefined ? null : use(type.result),
      };
    case "instance":
      return { kind: "instance", declarations: type.declarations, scope };
    case "component":
      return { kind: "component" };
    case "resource":
      throw unsupported("resources of its own");
    case "primitive":
      return { kind: "value", ref: type.primitive };
    default:
      return { kind: "value", ref: builder.addType(planType(type, scope)) };
  }
}

/** What an instance of a type exports that the component imports as `interfaceName`. */
export function importedInstance(
  { declarations, scope: outer }: TypeEntity & { kind: "instance" },
  interfaceName: string,
  builder: PlanBuilder,
): Map<string, Item> {
  const scope = new Scope(outer);
  const exports = new Map<string, Item>();
  for (const declaration of declarations) {
    builder.step();
    switch (declaration.kind) {
      case "type":
        scope.add("type", resolveType(declaration.type, scope, builder));
        break;
      case "alias outer":
        if (declaration.sort !== "type") throw unsupported(`an outer ${declaration.sort}`);
        scope.add("type", scope.outer(declaration.outwards).get("type", declaration.index));
        break;
      case "export": {
        const { name, extern } = declaration;
        requireName(name, "name of an import");
        const item = importedItem(extern, name, interfaceName, scope, builder);
        scope.addItem(item);
        exports.set(name, item);
        break;
      }
      default:
        throw unsupported(`${declaration.kind} in the type of an instance`);
    }
  }
  return exports;
}

/** What an import is, once its type is known. */
export function importedItem(
  extern: Extern,
  name: string,
  interfaceName: string | null,
  scope: Scope,
  builder: PlanBuilder,
): Item {
  switch (extern.kind) {
    case "type":
      return { sort: "type", value: scope.get("type", extern.equals) };
    case "resource": {
      const resource = builder.addResource({ name, interface: interfaceName ?? "" });
      return { sort: "type", value: { kind: "resource", resource } };
    }
    case "func": {
      const type = scope.get("type", extern.type);
      if (type.kind !== "func") throw malformed(`the import ${name} is of no function's type`);
      const { params, result } = type;
      const index = builder.addImport({ interface: interfaceName, name, params, result });
      return { sort: "func", value: { import: index } };
    }
    default:
      throw unsupported(`the import ${name} of the kind ${extern.kind}`);
  }
}

function partsOf(type: TypeDefinition): number {
  switch (type.kind) {
    case "record":
      return type.fields.length;
    case "variant":
      return type.cases.length;
    case "tuple":
      return type.items.length;
    case "flags":
    case "enum":
      return type.names.length;
    case "func":
      return type.params.length;
    default:
      return 0;
  }
}

function planType(type: Exclude<DefinedType, { kind: "primitive" }>, scope: Scope): PlanType {
  const use = (used: ValueTypeUse) => valueRef(used, scope);
  const optional = (used: ValueTypeUse | undefined) => (used === undefined ? null : use(used));
  switch (type.kind) {
    case "record":
      return { kind: "record", fields: type.fields.map((f) => [label(f.name), use(f.value)]) };
    case "variant":
      return { kind: "variant", cases: type.cases.map((c) => [label(c.name), optional(c.value)]) };
    case "list":
      return { kind: "list", element: use(type.element) };
    case "tuple":
      return { kind: "tuple", items: type.items.map(use) };
    case "flags":
    case "enum":
      return { kind: type.kind, names: type.names.map(label) };
    case "option":
      return { kind: "option", value: use(type.value) };
    case "result":
      return { kind: "result", ok: optional(type.ok), err: optional(type.err) };
    case "own":
    case "borrow": {
      const resource = scope.get("type", type.resource);
      if (resource.kind !== "resource") throw malformed(`a handle of what is no resource`);
      return { kind: type.kind, resource: resource.resource };
    }
  }
}

function valueRef(used: ValueTypeUse, scope: Scope): TypeRef {
  if (typeof used !== "number") return used;
  const type = scope.get("type", used);
  if (type.kind !== "value") throw malformed(`the type ${used} is of no value`);
  return type.ref;
}

function label(name: string): string {
  requireName(name, "label");
  return name;
}
