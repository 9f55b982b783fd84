import { decodeBatch } from "@uni/wasm-rt";
import { type RecordBatch, RecordBatchStreamWriter, Utf8 } from "apache-arrow";
import { batchOf } from "../../batches/batch-of.ts";
import { secretBatch, secretStream } from "../../batches/secret-batch.ts";
import { fail } from "../../check.ts";
import {
  answers,
  CANNED,
  FLOAT64,
  manifestOfSurfaces,
  primitive,
  scenario,
  TELL,
} from "../../guests/canned.ts";
import { type GuestText, MEMORY } from "../../guests/guest-text.ts";
import type { Scenario } from "../../guests/scenario.ts";
import { i32 } from "../../guests/wat.ts";
import { expectCode, expectCodes, expectEqual, expectFnCode } from "../expect.ts";
import { tick } from "../host-function.ts";
import type { LoaderCheck } from "../loader-check.ts";
import { type Loaded, refused } from "../subject.ts";

const ARGS = batchOf([[7]]);
const TABLE = [batchOf([[1, 2]], [["a", null], new Utf8()]), batchOf([[3]], [["c"], new Utf8()])];

const ENTRY = {
  kind: "procedure",
  qname: CANNED.procedure,
  args: [FLOAT64],
  yields: [FLOAT64, primitive("utf8")],
};

function procedure(name: string, about: string, text: Partial<GuestText>): Scenario {
  const { scalar = "", ...rest } = text;
  return scenario(name, about, {
    manifest: manifestOfSurfaces("procedure"),
    registration: { entries: [ENTRY] },
    procedure: scalar,
    ...rest,
  });
}

/** A stream that has a schema and no batch. */
function emptyStream(): Uint8Array {
  const writer = new RecordBatchStreamWriter();
  writer.reset(undefined, TABLE[0]?.schema ?? null);
  return writer.finish().toUint8Array(true);
}

const TWO = procedure(
  "procedure",
  "p(x) gives the rows (1, a), (2, null) in a batch, and (3, c) in another",
  answers(TABLE),
);
const NONE = procedure(
  "procedure-empty",
  "p(x) gives a schema and no batch",
  answers(emptyStream()),
);
const TELLING_ANSWER = answers(TABLE);
const TELLING = procedure(
  "procedure-tell",
  "as procedure, and passes its input to the host function first",
  {
    ...TELLING_ANSWER,
    scalar: `${TELL} ${TELLING_ANSWER.scalar}`,
  },
);
const WRONG_TYPE = procedure(
  "procedure-type",
  "p(x) gives one column of doubles, and declares two columns",
  answers([batchOf([[1]])]),
);
const FAILING = procedure("procedure-error", "p(x) fails with code 7", {
  scalar: `(call $refuse ${i32(7)} ${i32(MEMORY.data)} ${i32(0)})`,
});

const SECRET = procedure("procedure-secret", "p(x) gives a column that is tagged as a secret", {
  ...answers(secretStream()),
  registration: { entries: [{ ...ENTRY, yields: [FLOAT64] }] },
});

const rows = (batches: readonly RecordBatch[]) =>
  batches.map((batch) => [...batch].map((row) => ({ ...row?.toJSON() })));

async function bothWays({ procedure }: Loaded): Promise<readonly (readonly RecordBatch[])[]> {
  const streamed: RecordBatch[] = [];
  for await (const batch of procedure.invoke(ARGS)) streamed.push(batch);
  return [streamed, procedure.invokeSync(ARGS)];
}

async function bothRefused({ procedure }: Loaded, args: RecordBatch = ARGS) {
  const streamed = async () => {
    for await (const batch of procedure.invoke(args)) return batch;
    return "nothing";
  };
  return [
    await refused(streamed(), "invoke to be refused"),
    await refused(() => procedure.invokeSync(args), "invokeSync to be refused"),
  ];
}

export const PROCEDURES: readonly LoaderCheck[] = [
  {
    id: "procedure.batches",
    title: "a procedure gives its batches, whose columns are yield0, yield1, …",
    scenarios: [TWO],
    run: async (subject) => {
      for (const batches of await bothWays(await subject.load(TWO))) {
        expectEqual("the rows of each batch", rows(batches), [
          [
            { yield0: 1, yield1: "a" },
            { yield0: 2, yield1: null },
          ],
          [{ yield0: 3, yield1: "c" }],
        ]);
      }
    },
  },
  {
    id: "procedure.nothing",
    title: "a procedure may give no batch",
    scenarios: [NONE],
    run: async (subject) => {
      expectEqual("the batches", await bothWays(await subject.load(NONE)), [[], []]);
    },
  },
  {
    id: "procedure.arguments",
    title: "a procedure gets its arguments as one row, and more rows are refused",
    scenarios: [TELLING],
    run: async (subject) => {
      const told: unknown[] = [];
      const hear = tick((stream) => {
        const batch = decodeBatch(stream);
        told.push([batch?.schema.fields[0]?.name, [...(batch?.getChildAt(0) ?? [])]]);
        return new Uint8Array(0);
      });
      const loaded = await subject.load(TELLING, {}, { hostFunctions: [hear] });
      await bothWays(loaded);
      expectEqual("what two guests got", told, [
        ["arg0", [7]],
        ["arg0", [7]],
      ]);
      const two = () => loaded.procedure.invokeSync(batchOf([[1, 2]]));
      expectCode(await refused(two, "two rows to be refused"), "ARGUMENTS_INVALID");
    },
  },
  {
    id: "procedure.type",
    title: "columns that were not declared are refused with OUTPUT_DECODE",
    scenarios: [WRONG_TYPE],
    run: async (subject) => {
      for (const error of await bothRefused(await subject.load(WRONG_TYPE))) {
        expectCode(error, "OUTPUT_DECODE");
      }
    },
  },
  {
    id: "procedure.error",
    title: "an error of a procedure is an FnError with its code",
    scenarios: [FAILING],
    run: async (subject) => {
      for (const error of await bothRefused(await subject.load(FAILING))) {
        expectFnCode(error, 7);
      }
    },
  },
  {
    id: "procedure.secret",
    title: "arguments and columns that are tagged as a secret are refused with IPC",
    scenarios: [SECRET],
    run: async (subject) => {
      const loaded = await subject.load(SECRET);
      expectCodes(await bothRefused(loaded, secretBatch()), "IPC", /key/);
      const { misses } = loaded.plugin.pool.metrics;
      if (misses !== 0) fail("no guest to be made for them", misses);
      expectCodes(await bothRefused(loaded), "IPC", /key/);
    },
  },
];
