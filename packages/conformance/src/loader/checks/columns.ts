import { decodeBatch } from "@uni/wasm-rt";
import { Int32 } from "apache-arrow";
import { batchOf } from "../../batches/batch-of.ts";
import { secretBatch } from "../../batches/secret-batch.ts";
import { fail } from "../../check.ts";
import {
  answers,
  ECHO,
  ECHOES,
  FLOAT64,
  primitive,
  scalarOf,
  scenario,
  TELL,
} from "../../guests/canned.ts";
import { expectCode, expectEqual } from "../expect.ts";
import { tick } from "../host-function.ts";
import type { LoaderCheck } from "../loader-check.ts";
import { answersOf, refusals } from "../subject.ts";
import { COLUMN_TYPES } from "./column-types.ts";

const THREE = answers([batchOf([[1, 2, 3]])]);
const PROPAGATES = scenario("one-two-three", "f(x) answers 1, 2 and 3", THREE);
const USER_HANDLED = scenario(
  "one-two-three-user-handled",
  "as one-two-three, with user_handled nulls",
  {
    ...THREE,
    registration: { entries: [scalarOf({ null_handling: "user_handled" })] },
  },
);
const TELLING = scenario(
  "tell-arguments",
  "f(x, y, …), of a double, an int32 and any number of doubles, passes its input to the host function, and answers 1, 2 and 3",
  {
    ...THREE,
    registration: {
      entries: [
        scalarOf({
          args: [FLOAT64, primitive("int32"), { kind: "variadic", inner: FLOAT64 }],
          null_handling: "user_handled",
        }),
      ],
    },
    scalar: `${TELL} ${THREE.scalar}`,
  },
);

const TELLING_ECHO = scenario(
  "tell-echo",
  "f(x) passes its input to the host function, and answers x",
  { scalar: `${TELL} ${ECHO}` },
);

export const COLUMNS: readonly LoaderCheck[] = [
  ...COLUMN_TYPES,
  {
    id: "columns.nulls-propagate",
    title: "under propagate, a row with a null argument is null, whatever the guest wrote there",
    scenarios: [PROPAGATES],
    run: async (subject) => {
      const { scalar } = await subject.load(PROPAGATES);
      const expected = [1, null, 3];
      const came = await answersOf(scalar, batchOf([[5, null, 5]]));
      expectEqual("the answers", came, [expected, expected]);
    },
  },
  {
    id: "columns.nulls-user-handled",
    title: "under user_handled, nulls are the function's business",
    scenarios: [USER_HANDLED],
    run: async (subject) => {
      const { scalar } = await subject.load(USER_HANDLED);
      const came = await answersOf(scalar, batchOf([[5, null, 5]]));
      expectEqual("the answers", came, [
        [1, 2, 3],
        [1, 2, 3],
      ]);
    },
  },
  {
    id: "columns.no-rows",
    title: "a batch of no rows is answered with none, by a guest",
    scenarios: [TELLING_ECHO],
    run: async (subject) => {
      const told: unknown[] = [];
      const hear = tick((stream) => {
        const batch = decodeBatch(stream);
        told.push([batch?.schema.fields.map(({ name }) => name), batch?.numRows]);
        return new Uint8Array(0);
      });
      const { scalar } = await subject.load(TELLING_ECHO, {}, { hostFunctions: [hear] });
      expectEqual("the answers", await answersOf(scalar, batchOf([[]])), [[], []]);
      const none = [["arg0"], 0];
      expectEqual("what two guests got", told, [none, none]);
    },
  },
  {
    id: "columns.arguments",
    title: "a guest gets one batch whose columns are arg0, arg1, …, nullable and as declared",
    scenarios: [TELLING],
    run: async (subject) => {
      const told: unknown[] = [];
      const hear = tick((stream) => {
        const batch = decodeBatch(stream);
        const columns = batch?.schema.fields.map(({ name, type, nullable }) => {
          return [name, String(type), nullable, [...(batch.getChild(name) ?? [])]];
        });
        told.push(columns);
        return new Uint8Array(0);
      });
      const { scalar } = await subject.load(TELLING, {}, { hostFunctions: [hear] });
      const args = batchOf(
        [[1, null, 3]],
        [[4, 5, null], new Int32()],
        [[7, 8, 9]],
        [[null, null, null]],
      );
      await answersOf(scalar, args);
      const expected = [
        ["arg0", "Float64", true, [1, null, 3]],
        ["arg1", "Int32", true, [4, 5, null]],
        ["arg2", "Float64", true, [7, 8, 9]],
        ["arg3", "Float64", true, [null, null, null]],
      ];
      expectEqual("what two guests got", told, [expected, expected]);
    },
  },
  {
    id: "columns.wrong-arguments",
    title: "arguments of another number or type are refused before a guest is made",
    scenarios: [ECHOES],
    run: async (subject) => {
      const loaded = await subject.load(ECHOES);
      const wrong = [batchOf(), batchOf([[1]], [[2]]), batchOf([[1], new Int32()])];
      for (const batch of wrong) {
        for (const error of await refusals(loaded.scalar, batch)) {
          expectCode(error, "ARGUMENTS_INVALID");
        }
      }
      expectEqual("the guests that were made", loaded.plugin.pool.metrics.misses, 0);
    },
  },
  {
    id: "columns.secret",
    title: "a column that is tagged as a secret is refused before a guest is made",
    scenarios: [ECHOES],
    run: async (subject) => {
      const loaded = await subject.load(ECHOES);
      for (const error of await refusals(loaded.scalar, secretBatch())) {
        expectCode(error, "IPC", /key/);
      }
      const { misses } = loaded.plugin.pool.metrics;
      if (misses !== 0) fail("no guest to be made", misses);
    },
  },
];
