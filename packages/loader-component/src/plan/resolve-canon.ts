import { malformed, unsupported } from "../binary/binary-cursor.ts";
import type { Canon, CanonOptions } from "../binary/definition.ts";
import type { ExportRef, PlanOptions } from "./plan.ts";
import type { PlanBuilder } from "./plan-builder.ts";
import type { FuncEntity, Scope } from "./scope.ts";

/** Adds what a canonical definition makes: a function between components, or a core one of the host. */
export function resolveCanon(canon: Canon, scope: Scope, builder: PlanBuilder): void {
  switch (canon.kind) {
    case "lift":
      scope.add("func", lifted(canon, scope));
      break;
    case "lower": {
      const func = scope.get("func", canon.func);
      if (!("import" in func)) throw unsupported("calls from one component into another");
      const options = planOptions(canon.options, scope);
      const call = { kind: "call", import: func.import, options } as const;
      scope.add("core func", { trampoline: builder.addTrampoline(call) });
      break;
    }
    case "resource.drop": {
      const type = scope.get("type", canon.resource);
      if (type.kind !== "resource") throw malformed("it drops what is no resource");
      const drop = { kind: "resource.drop", resource: type.resource } as const;
      scope.add("core func", { trampoline: builder.addTrampoline(drop) });
      break;
    }
    default:
      // Both belong to resources that the component defines.
      throw unsupported(`the canonical built-in ${canon.kind}`);
  }
}

function lifted(
  { func, type: index, options }: Canon & { kind: "lift" },
  scope: Scope,
): FuncEntity {
  const type = scope.get("type", index);
  if (type.kind !== "func") throw malformed(`a function is lifted to the type ${index}`);
  const { postReturn } = options;
  return {
    core: exportRef("core func", func, scope),
    type: { params: type.params, result: type.result },
    options: planOptions(options, scope),
    postReturn: postReturn === undefined ? null : exportRef("core func", postReturn, scope),
  };
}

function planOptions({ encoding, memory, realloc }: CanonOptions, scope: Scope): PlanOptions {
  return {
    encoding,
    memory: memory === undefined ? null : exportRef("core memory", memory, scope),
    realloc: realloc === undefined ? null : exportRef("core func", realloc, scope),
  };
}

function exportRef(sort: "core func" | "core memory", index: number, scope: Scope): ExportRef {
  const item = scope.get(sort, index);
  if ("trampoline" in item) throw unsupported("a host function where its own one belongs");
  return item;
}
