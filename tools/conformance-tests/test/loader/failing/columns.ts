import { encodeBatch } from "@uni/wasm-rt";
import { Float64, vectorFromArray } from "apache-arrow";
import { batchOf } from "../../../../../packages/conformance/src/batches/batch-of.ts";
import { COLUMN_TYPES } from "../../../../../packages/conformance/src/loader/checks/column-types.ts";
import { withoutTags } from "../bad/without-tags.ts";
import {
  type Broken,
  broken,
  textOf,
  withGuest,
  withHost,
  withMetrics,
  withScalar,
} from "../broken.ts";

const NOT_REFUSED = /expected invoke to be refused, got/;
const NONE = vectorFromArray([], new Float64());

const registrationOf = (name: string) => ({ registration: textOf(name).registration });

/** Loses the last row. */
const losing = withScalar((scalar) => ({
  invoke: async (...args) => (await scalar.invoke(...args)).slice(0, -1),
}));
/** Answers the same values in a column of doubles. */
const retyping = withScalar((scalar) => ({
  invoke: async (...args) => vectorFromArray([...(await scalar.invoke(...args))], new Float64()),
}));
/** Asks no guest where there are no rows. */
const lazy = withScalar((scalar) => ({
  invoke: async (args) => (args.numRows === 0 ? NONE : scalar.invoke(args)),
  invokeSync: (args) => (args.numRows === 0 ? NONE : scalar.invokeSync(args)),
}));
/** Passes a guest another batch than the contract says. */
export const heardAnother = withHost((hostFunction) => ({
  ...hostFunction,
  call: (_, context) => hostFunction.call(encodeBatch(batchOf([[9]], [[9]])), context),
}));
const unguarded = withScalar((scalar) => ({
  invoke: (args) => scalar.invoke(withoutTags(args)),
}));

export const FAILING_COLUMNS: readonly Broken[] = [
  ...COLUMN_TYPES.map(({ id }) =>
    broken(id, /expected the answer to be \["\w.*\], got \["\w/, losing),
  ),
  broken("columns.int32", /the answer to be \["Int32",.* got \["Float64",/, retyping),
  broken(
    "columns.nulls-propagate",
    /got \[\[1,2,3\],\[1,2,3\]\]/,
    withGuest("one-two-three", registrationOf("one-two-three-user-handled")),
  ),
  broken(
    "columns.nulls-user-handled",
    /got \[\[1,null,3\],\[1,null,3\]\]/,
    withGuest("one-two-three-user-handled", registrationOf("one-two-three")),
  ),
  broken("columns.no-rows", /what two guests got to be .* got \[\]/, lazy),
  broken(
    "columns.no-rows",
    /what two guests got to be .* got \[\[\["arg0","arg1"\],1\],/,
    heardAnother,
  ),
  broken(
    "columns.arguments",
    /what two guests got to be .* got \[\[\["arg0","Float64",true,\[9\]\],/,
    heardAnother,
  ),
  broken(
    "columns.wrong-arguments",
    NOT_REFUSED,
    withScalar(() => ({ invoke: async () => NONE })),
  ),
  broken(
    "columns.wrong-arguments",
    /guests that were made to be 0, got 1/,
    withMetrics({ misses: 1 }),
  ),
  broken("columns.secret", NOT_REFUSED, unguarded),
  broken("columns.secret", /expected no guest to be made, got 1/, withMetrics({ misses: 1 })),
];
