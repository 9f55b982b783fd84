import { z } from "zod";
import {
  argumentTypesSchema,
  type ValueType,
  valueTypeSchema,
  type WireType,
} from "./wire-type.ts";

/** Whether equal arguments give equal results: always, within one statement, or never. */
export type Volatility = "immutable" | "stable" | "volatile";

/** Who deals with null arguments: `propagate` makes the result null, `user_handled` leaves it to the function. */
export type NullHandling = "propagate" | "user_handled";

/** What a scalar function takes and gives. */
export interface FunctionSignature {
  readonly args: readonly WireType[];
  readonly returns: ValueType;
  readonly volatility: Volatility;
  readonly nullHandling: NullHandling;
}

export const functionSignatureSchema: z.ZodType<FunctionSignature> = z
  .strictObject({
    args: argumentTypesSchema,
    returns: valueTypeSchema,
    volatility: z.enum(["immutable", "stable", "volatile"]).default("immutable"),
    null_handling: z.enum(["propagate", "user_handled"]).default("propagate"),
  })
  .transform(({ null_handling, ...rest }) => ({ ...rest, nullHandling: null_handling }));
