import { manifestWith } from "../../../../../packages/conformance/src/guests/canned.ts";
import { answerNumber } from "../../../../../packages/conformance/src/guests/counting.ts";
import { pause } from "../../../../../packages/conformance/src/loader/patience.ts";
import {
  type Broken,
  broken,
  ignoring,
  refusal,
  withGuest,
  withMetrics,
  withScalar,
} from "../broken.ts";

const NOT_ENDED = /expected (the call|invoke) to be refused, got/;
const NOT_REFUSED = /expected the plugin to be refused, got {/;
const AT_ONCE = { scalar: answerNumber("(f64.const 1)") };
/** The name of the scenario whose manifest asks for everything. */
const LONG = "spin-timeout_ms-memory_max_pages-fuel_per_call";

/** Notices a deadline when the guest has long ended by itself. */
const late = withScalar(() => {
  const error = () => refusal("TIMEOUT", "late");
  return {
    invoke: async () => {
      await pause(2700);
      throw error();
    },
    invokeSync: () => {
      throw error();
    },
  };
});

/** Does not look at the signal. */
const deaf = withScalar((scalar) => ({
  invoke: (args) => scalar.invoke(args),
  invokeSync: (args) => scalar.invokeSync(args),
}));

const unstopped = { ...withGuest("spin", AT_ONCE), make: deaf.make };

export const FAILING_LIMITS: readonly Broken[] = [
  broken("limit.deadline-call", NOT_ENDED, withGuest("spin", AT_ONCE)),
  broken("limit.deadline-call", /an end within 2500 ms, got "one after 2\d\d\d ms/, late),
  broken("limit.deadline-host", NOT_ENDED, withGuest("spin", AT_ONCE)),
  broken("limit.deadline-manifest", NOT_ENDED, withGuest("spin-timeout_ms", AT_ONCE)),
  broken(
    "limit.deadline-manifest",
    /the plugin's timeoutMs to be 500, got 200/,
    withGuest("spin-timeout_ms", { manifest: manifestWith({ timeout_ms: 200 }) }),
  ),
  ...(["inManifest", "inRegister", "start"] as const).map((where) => {
    const name = where.replace("in", "").toLowerCase();
    const subject = withGuest(`spin-in-${name}`, { [where]: "" });
    return broken(`limit.deadline-in-${name}`, NOT_REFUSED, subject);
  }),
  broken("limit.only-tighter", NOT_ENDED, withGuest(LONG, AT_ONCE)),
  broken(
    "limit.only-tighter",
    /the plugin's limits .* got .*"memoryPages":32/,
    withGuest(LONG, { manifest: manifestWith({ memory_max_pages: 32 }) }),
  ),
  broken("limit.memory-start", NOT_REFUSED, withGuest("nine-pages", { memory: "8" })),
  broken("limit.memory-start", NOT_REFUSED, ignoring("limits")),
  broken("limit.memory-manifest", NOT_REFUSED, withGuest("nine-of-eight-pages", { memory: "8" })),
  broken(
    "limit.memory-growth",
    /the pages of two guests to be \[\[32\],\[32\]\], got \[\[1001\],\[1001\]\]/,
    ignoring("limits"),
  ),
  ...(["spin", "spin-fuel_per_call"] as const).flatMap((name) => {
    const id = name === "spin" ? "limit.fuel-host" : "limit.fuel-manifest";
    const trap = { scalar: "(unreachable)" };
    return [
      broken(id, /the code RESOURCE_LIMIT, got "TRAP/, withGuest(name, trap)),
      broken(id, NOT_ENDED, withGuest(name, AT_ONCE)),
    ];
  }),
  broken("limit.abort", /expected the call to end, got/, unstopped),
  broken("limit.aborted", NOT_ENDED, unstopped),
  broken("limit.aborted", /expected no guest to be made, got 1/, withMetrics({ misses: 1 })),
];
