import { MEMORY } from "@uni/conformance";
import { type RecordBatch, Utf8 } from "apache-arrow";
import { batchOf } from "../../../../../packages/conformance/src/batches/batch-of.ts";
import { answers } from "../../../../../packages/conformance/src/guests/canned.ts";
import { i32 } from "../../../../../packages/conformance/src/guests/wat.ts";
import { type Broken, broken, like, textOf, withGuest, withPlugin } from "../broken.ts";
import { heardAnother } from "./columns.ts";

const REFUSE_8 = `(call $refuse ${i32(8)} ${i32(MEMORY.data)} ${i32(0)})`;
const STEPS = textOf("aggregate").aggregate;
/** The text of an aggregate with other steps. */
function withSteps(name: string, steps: Partial<typeof STEPS>) {
  const { aggregate } = textOf(name);
  return withGuest(name, aggregate ? { aggregate: { ...aggregate, ...steps } } : {});
}
/** An instruction for the letter. */
const letter = (char: string) => i32(char.charCodeAt(0));
const wrongUpdate = withSteps("aggregate", {
  update: STEPS?.update.replace(letter("u"), letter("v")) ?? "",
});
const wrongMerge = withSteps("aggregate-trap", {
  merge: textOf("aggregate-trap").aggregate?.merge.replace(letter("m"), letter("x")) ?? "",
});
const wrongNew = withSteps("aggregate-error", {
  new: textOf("aggregate-error").aggregate?.new.replace(letter("n"), letter("x")) ?? "",
});
const NUMBER = textOf("aggregate-error").aggregate?.evaluate ?? "";
const NUMBER_FIELDS = textOf("aggregate-error").fields;
const sayingNumber = (name: string) => {
  const { aggregate } = textOf(name);
  return withGuest(name, {
    fields: NUMBER_FIELDS,
    ...(aggregate ? { aggregate: { ...aggregate, evaluate: NUMBER } } : {}),
  });
};
/** A procedure that gives a batch. */
function giving(batch: RecordBatch) {
  const { scalar: procedure, fields } = answers([batch]);
  return { procedure, fields };
}
/** Takes the first row of as many as come. */
const firstRow = withPlugin(({ procedures }) => ({
  procedures: procedures.map((procedure) =>
    like(procedure, { invokeSync: (args) => procedure.invokeSync(args.slice(0, 1)) }),
  ),
}));
/** Its steps take as long as those before them. */
const withoutDeadlines = withPlugin(({ aggregates }) => ({
  aggregates: aggregates.map((aggregate) =>
    like(aggregate, {
      createAccumulator: () => {
        const accumulator = aggregate.createAccumulator();
        return like(accumulator, { update: (args) => accumulator.update(args) });
      },
    }),
  ),
}));

export const FAILING_FUNCTIONS: readonly Broken[] = [
  broken("aggregate.steps", /the state to be "nuum", got "nvvm"/, wrongUpdate),
  broken("aggregate.steps-sync", /the state to be "num", got "nvm/, wrongUpdate),
  broken(
    "aggregate.input",
    /what the guests got to be .* got \[\["arg0","Float64",\[9\]\],/,
    heardAnother,
  ),
  broken("aggregate.error", /the state before to be "n", got "x"/, wrongNew),
  broken(
    "aggregate.error",
    /an FnError of code 7, got "8: /,
    withSteps("aggregate-error", { update: REFUSE_8 }),
  ),
  broken("aggregate.trap", /the state to be "nm", got "nx"/, wrongMerge),
  broken(
    "aggregate.trap",
    /the code TRAP, got "FN_ERROR/,
    withSteps("aggregate-trap", { update: REFUSE_8 }),
  ),
  broken("aggregate.deadline", /the step that waits to end within 10 s/, withoutDeadlines),
  broken("aggregate.type", /expected evaluate to be refused, got/, sayingNumber("aggregate-type")),
  broken(
    "aggregate.secret",
    /expected evaluate to be refused, got 1/,
    sayingNumber("aggregate-secret"),
  ),
  broken(
    "procedure.batches",
    /the rows of each batch to be .* got \[\[{"yield0":1,"yield1":"a"}\]\]/,
    withGuest("procedure", giving(batchOf([[1]], [["a"], new Utf8()]))),
  ),
  broken(
    "procedure.nothing",
    /the batches to be \[\[\],\[\]\], got \[\[/,
    withGuest("procedure-empty", giving(batchOf([[1]], [["a"], new Utf8()]))),
  ),
  broken(
    "procedure.arguments",
    /what two guests got to be .* got \[\["arg0",\[9\]\],/,
    heardAnother,
  ),
  broken("procedure.arguments", /expected two rows to be refused, got/, firstRow),
  broken(
    "procedure.type",
    /expected invoke to be refused, got/,
    withGuest("procedure-type", giving(batchOf([[1]], [["a"], new Utf8()]))),
  ),
  broken(
    "procedure.error",
    /an FnError of code 7, got "8: /,
    withGuest("procedure-error", { procedure: REFUSE_8 }),
  ),
  broken(
    "procedure.secret",
    /expected invoke to be refused, got/,
    withGuest("procedure-secret", giving(batchOf([[1]]))),
  ),
];
