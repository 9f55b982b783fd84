import { z } from "zod";
import { isPlainName } from "../plan/names.ts";
import type { ComponentPlan } from "../plan/plan.ts";
import { PRIMITIVES } from "../plan/types.ts";

const index = z.int().min(0).max(0xffff_ffff);
const name = z.string().refine(isPlainName, "not a plain name");
const typeRef = z.union([z.enum(PRIMITIVES), index]);
const optionalRef = typeRef.nullable();
const names = z.array(name);

const planType = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("record"), fields: z.array(z.tuple([name, typeRef])) }),
  z.strictObject({ kind: z.literal("variant"), cases: z.array(z.tuple([name, optionalRef])) }),
  z.strictObject({ kind: z.literal("list"), element: typeRef }),
  z.strictObject({ kind: z.literal("tuple"), items: z.array(typeRef) }),
  z.strictObject({ kind: z.literal("flags"), names }),
  z.strictObject({ kind: z.literal("enum"), names }),
  z.strictObject({ kind: z.literal("option"), value: typeRef }),
  z.strictObject({ kind: z.literal("result"), ok: optionalRef, err: optionalRef }),
  z.strictObject({ kind: z.literal("own"), resource: index }),
  z.strictObject({ kind: z.literal("borrow"), resource: index }),
]);

const exportRef = z.strictObject({ instance: index, name });
const trampolineRef = z.strictObject({ trampoline: index });
const options = z.strictObject({
  encoding: z.enum(["utf8", "utf16", "latin1+utf16"]),
  memory: exportRef.nullable(),
  realloc: exportRef.nullable(),
});
const functionType = { params: z.array(typeRef), result: optionalRef };

/** A plan that was read from somewhere: every part of it has the shape that it must have. */
export const planSchema: z.ZodType<ComponentPlan> = z.strictObject({
  types: z.array(planType),
  resources: z.array(z.strictObject({ name, interface: name })),
  imports: z.array(z.strictObject({ interface: name.nullable(), name, ...functionType })),
  interfaces: names,
  trampolines: z.array(
    z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("call"), import: index, options }),
      z.strictObject({ kind: z.literal("resource.drop"), resource: index }),
    ]),
  ),
  instances: z.array(
    z.strictObject({
      module: index,
      imports: z.array(
        z.union([
          z.strictObject({ name, instance: index }),
          z.strictObject({
            name,
            items: z.array(z.tuple([name, z.union([exportRef, trampolineRef])])),
          }),
        ]),
      ),
    }),
  ),
  exports: z.array(
    z.strictObject({
      name,
      core: exportRef,
      options,
      postReturn: exportRef.nullable(),
      ...functionType,
    }),
  ),
});
