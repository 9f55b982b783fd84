import { MEMORY } from "@uni/conformance";
import { answerNumber } from "../../../../../packages/conformance/src/guests/counting.ts";
import { i32 } from "../../../../../packages/conformance/src/guests/wat.ts";
import {
  type Broken,
  broken,
  ignoring,
  refusal,
  textOf,
  withGuest,
  withMetrics,
  withScalar,
} from "../broken.ts";

const TRAP = "(unreachable)";
const REFUSE = `(call $refuse ${i32(7)} ${i32(MEMORY.data)} ${i32(0)})`;
/** The text of a guest in which one call has been before. */
const used = (name: string) =>
  withGuest(name, {
    fields: textOf(name).fields?.replace("(mut f64) (f64.const 0)", "(mut f64) (f64.const 1)"),
  });

/** What the guest of calls that end does instead, and with what that ends. */
const OTHER_ENDS = [
  ["trap", REFUSE, /expected the code TRAP, got "FN_ERROR/],
  ["error", TRAP, /expected the code FN_ERROR, got "TRAP/],
  ["timeout", TRAP, /expected the code TIMEOUT, got "TRAP/],
  ["garbage", TRAP, /expected the code IPC, got "TRAP/],
] as const;

/** The cap is reached once so many calls have been. */
function fullAfter(most: number) {
  let calls = 0;
  const count = () => {
    calls += 1;
    if (calls > most) throw refusal("RESOURCE_LIMIT", "full");
  };
  return withScalar((scalar) => ({
    invoke: async (...args) => {
      count();
      return scalar.invoke(...args);
    },
    invokeSync: (...args) => {
      count();
      return scalar.invokeSync(...args);
    },
  }));
}

export const FAILING_CALLS: readonly Broken[] = [
  broken(
    "fresh.every-call",
    /counts of two calls to be \[\[1\],\[1\]\], got \[\[2\],\[2\]\]/,
    used("bump"),
  ),
  ...OTHER_ENDS.flatMap(([end, body, says]) => [
    broken(`fresh.after-${end}`, /the counts afterwards .* got \[\[2\],\[2\]\]/, used("steered")),
    broken(`fresh.after-${end}`, says, withGuest("steered", { scalar: body })),
    broken(`cap.freed-after-${end}`, says, withGuest("steered", { scalar: body })),
    broken(`cap.freed-after-${end}`, /a guest for the call afterwards, got .*full/, fullAfter(4)),
  ]),
  broken("cap.freed-after-answer", /a guest for the call afterwards, got .*full/, fullAfter(4)),
  broken(
    "fresh.counted",
    /to be {"hits":0,"misses":2,"live":0}, got {"hits":1,/,
    withMetrics({ hits: 1 }),
  ),
  broken("fresh.counted", /got {"hits":0,"misses":1,/, withMetrics({ misses: 1 })),
  ...(
    [
      ["unreachable", "boom"],
      ["memory", "outside"],
      ["stack", "deeper"],
      ["division", "divide"],
    ] as const
  ).map(([id, name]) =>
    broken(
      `trap.${id}`,
      /expected the code TRAP, got "FN_ERROR/,
      withGuest(name, { scalar: REFUSE }),
    ),
  ),
  broken("cap.held", /to be {"live":3,"queued":9}, got {"live":4,"queued":8}/, ignoring("pool")),
  broken(
    "cap.held",
    /the guest to ask the host function, got/,
    withGuest("steered", { scalar: answerNumber("(f64.const 1)") }),
  ),
  broken("cap.at-once", /a call beyond the cap to be refused, got "an answer"/, ignoring("pool")),
  broken("cap.queue", /the code RESOURCE_LIMIT, got "TIMEOUT/, ignoring("limits")),
];
