import { type BatchPlan, generateBatch } from "../batches/generate-batch.ts";
import { repeatRows } from "../batches/repeat-rows.ts";
import type { ValueRange } from "../batches/values.ts";
import type { Callee } from "./callee.ts";
import type { Settings } from "./options.ts";
import type { Case, Trial } from "./trial.ts";

/** Columns of a variadic argument where a case is not about how many there are. */
const USUAL_VARIADIC = 2;
const OTHER_VARIADIC = [0, 1, 3];
const SOME_ROWS = 100;
/** One call takes one of them, and extremes meet in many ways. */
const PROCEDURE_ROWS = 6;

/** What a function is called with, by the checks that it is for. */
export function casesOf(callee: Callee, settings: Settings): Case[] {
  const cases = callee.surface === "procedure" ? procedureCases : batchCases;
  return [
    ...cases(callee, settings),
    ...nullItemCases(callee, settings),
    ...variadicCases(callee, settings),
    ...sampleCases(callee, settings),
  ];
}

function batchCases(callee: Callee, settings: Settings): Case[] {
  const { rows } = settings;
  const plan = planOf(callee, settings);
  const samples = settings.samples.get(callee.qname) ?? [];
  const one = (
    name: string,
    what: string,
    changes: Partial<BatchPlan>,
    must?: Trial["must"],
  ): Case => ({
    name,
    title: `${must === undefined ? "answers or refuses" : "answers"} ${what}`,
    trials: () => [trial(what, { ...plan, ...changes }, must)],
  });
  const values = (range: ValueRange) =>
    one(`values-${range}`, `${SOME_ROWS} rows of ${range} values`, { range });
  return [
    {
      name: "rows-0",
      title: "answers no rows",
      trials: () => [
        trial("0 rows", { ...plan, rows: 0 }, isVariadic(callee) ? undefined : NO_ROWS),
        ...samples.map((sample, i) => ({
          about: `0 rows of sample ${i}`,
          batch: sample.slice(0, 0),
          must: NO_ROWS,
        })),
      ],
    },
    one("rows-1", "1 row of ordinary values", { rows: 1 }),
    values("ordinary"),
    values("signed"),
    values("extreme"),
    one("nulls", `${SOME_ROWS} rows of which some are null`, { nulls: "some" }),
    one("nulls-all", `${SOME_ROWS} rows of nulls alone`, { nulls: "all" }, nullsMust(callee)),
    {
      name: `rows-${rows}`,
      title: `answers or refuses ${rows} rows of ordinary values`,
      trials: () => [
        trial(`${rows} rows of ordinary values`, { ...plan, rows }),
        ...samples.map((sample, i) => ({
          about: `${rows} rows that repeat sample ${i}`,
          batch: repeatRows(sample, rows),
        })),
      ],
    },
    ...(callee.surface === "aggregate" ? [NOTHING] : []),
  ];
}

function procedureCases(callee: Callee, settings: Settings): Case[] {
  const plan = { ...planOf(callee, settings), rows: 1 };
  const values = (range: ValueRange): Case => ({
    name: `values-${range}`,
    title: `answers or refuses a row of ${range} values`,
    trials: () =>
      Array.from({ length: PROCEDURE_ROWS }, (_, i) =>
        trial(`a row of ${range} values`, { ...plan, range, seed: plan.seed + i }),
      ),
  });
  const about = "a row of nulls alone";
  return [
    values("ordinary"),
    values("signed"),
    values("extreme"),
    {
      name: "nulls-all",
      title: `answers or refuses ${about}`,
      trials: () => [trial(about, { ...plan, nulls: "all" })],
    },
  ];
}

function nullItemCases(callee: Callee, settings: Settings): Case[] {
  const hasVector = callee.args.some(
    (type) => (type.kind === "variadic" ? type.inner : type).kind === "vector",
  );
  if (!hasVector) return [];
  const rows = callee.surface === "procedure" ? 1 : SOME_ROWS;
  return [
    {
      name: "null-items",
      title: "answers or refuses vectors of which some items are null",
      trials: () => [
        trial(`${rows} rows of vectors with null items`, {
          ...planOf(callee, settings),
          rows,
          nullItems: true,
        }),
      ],
    },
  ];
}

function variadicCases(callee: Callee, settings: Settings): Case[] {
  if (!isVariadic(callee)) return [];
  const rows = callee.surface === "procedure" ? 1 : 10;
  return OTHER_VARIADIC.map((variadic) => ({
    name: `variadic-${variadic}`,
    title: `answers or refuses a variadic argument of ${variadic} columns`,
    trials: () => [
      trial(`${rows} rows with ${variadic} columns of the variadic argument`, {
        ...planOf(callee, settings),
        variadic,
        rows,
      }),
    ],
  }));
}

function sampleCases({ qname }: Callee, { samples }: Settings): Case[] {
  const batches = samples.get(qname);
  if (batches === undefined) return [];
  const must = { take: "answer", since: "its author says that it is answered" } as const;
  return [
    {
      name: "samples",
      title: "answers the samples of its author",
      trials: () => batches.map((batch, i) => ({ about: `sample ${i}`, batch, must })),
    },
  ];
}

const NO_ROWS = { take: "rows", since: "there is no value in it to refuse" } as const;

const NOTHING: Case = {
  name: "nothing",
  title: "evaluates a group that saw nothing, or refuses to",
  trials: () => [{ about: "a group that saw nothing", batch: undefined }],
};

function nullsMust(callee: Callee): Trial["must"] {
  if (!callee.propagates || callee.args.length === 0 || isVariadic(callee)) return undefined;
  return { take: "answer", since: "its signature says that it propagates nulls" };
}

/** Which columns a variadic function takes is its own business, also where there are no rows. */
function isVariadic({ args }: Callee): boolean {
  return args.at(-1)?.kind === "variadic";
}

function planOf({ args }: Callee, { seed }: Settings): BatchPlan {
  return {
    args,
    variadic: USUAL_VARIADIC,
    rows: SOME_ROWS,
    range: "ordinary",
    nulls: "none",
    nullItems: false,
    seed,
  };
}

function trial(about: string, plan: BatchPlan, must?: Trial["must"]): Trial {
  const seeded = `${about} (seed ${plan.seed})`;
  const batch = generateBatch(plan);
  return must === undefined ? { about: seeded, batch } : { about: seeded, batch, must };
}
