import type { CallOptions, ScalarFunction } from "@uni/plugin";
import { batchOf } from "../../batches/batch-of.ts";
import { fail } from "../../check.ts";
import { ECHO, manifestWith, scenario } from "../../guests/canned.ts";
import { answerNumber, NUMBER_FIELDS, SPIN, SPIN_BODY } from "../../guests/counting.ts";
import type { Scenario } from "../../guests/scenario.ts";
import { i32 } from "../../guests/wat.ts";
import { expectCode, expectCodes, expectEqual } from "../expect.ts";
import type { LoaderCheck } from "../loader-check.ts";
import { later, pause } from "../patience.ts";
import { answersOf, refusals, refused } from "../subject.ts";

const ONE = batchOf([[7]]);
const DEADLINE_MS = 100;
/** For a plugin, whose documents have to be read within it on a busy machine. */
const LIMIT_MS = 500;
/** Every machine is busy at times; what nobody ends computes for longer. */
const LATE_BY_MS = 2000;
const SOON = { limits: { timeoutMs: DEADLINE_MS } };

const spinWith = (fields: object, what: string): Scenario =>
  scenario(`spin-${Object.keys(fields).join("-")}`, `as spin, and the manifest ${what}`, {
    manifest: manifestWith(fields),
    scalar: `${SPIN_BODY} ${answerNumber("(f64.const 1)")}`,
    fields: NUMBER_FIELDS,
  });
const SHORT = spinWith({ timeout_ms: LIMIT_MS }, `has a timeout_ms of ${LIMIT_MS}`);
const LONG = spinWith(
  { timeout_ms: 3_600_000, memory_max_pages: 65_536, fuel_per_call: 1e15 },
  "asks for an hour, all memory and much fuel",
);
const LITTLE_FUEL = spinWith({ fuel_per_call: 100_000 }, "has a fuel_per_call of 100,000");

const NINE_PAGES = scenario("nine-pages", "f(x) answers x; its memory starts with nine pages", {
  scalar: ECHO,
  memory: "9",
});
const NINE_OF_EIGHT = scenario(
  "nine-of-eight-pages",
  "as nine-pages, and the manifest has a memory_max_pages of 8",
  { scalar: ECHO, memory: "9", manifest: manifestWith({ memory_max_pages: 8 }) },
);
const GROWING = scenario(
  "grow",
  "f(x) grows its memory by one page until that fails, at most 1000 times, and answers how many pages it has then",
  {
    scalar: `(block $done (loop $more
        (br_if $done (i32.eq (memory.grow ${i32(1)}) ${i32(-1)}))
        (local.set $i (i32.add (local.get $i) ${i32(1)}))
        (br_if $more (i32.lt_u (local.get $i) ${i32(1000)}))))
      ${answerNumber("(f64.convert_i32_u (memory.size))")}`,
    fields: NUMBER_FIELDS,
  },
);
const SLOW_DOCUMENTS = (
  [
    ["manifest", { inManifest: SPIN_BODY }],
    ["register", { inRegister: SPIN_BODY }],
    ["start", { start: SPIN_BODY }],
  ] as const
).map(([where, slow]) => {
  const about = `computes for seconds in ${where}`;
  return [where, scenario(`spin-in-${where}`, about, { scalar: ECHO, ...slow })] as const;
});

/** Runs what a deadline ends, rather than the guest by itself. */
async function soon<T>(run: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const ended = await run();
  const elapsedMs = Math.round(performance.now() - start);
  const most = LIMIT_MS + LATE_BY_MS;
  if (elapsedMs > most) fail(`an end within ${most} ms`, `one after ${elapsedMs} ms (${ended})`);
  return ended;
}

async function expectTimeouts(scalar: ScalarFunction, options: CallOptions = {}): Promise<void> {
  for (const call of [
    () => scalar.invoke(ONE, options),
    async () => scalar.invokeSync(ONE, options),
  ]) {
    expectCode(await soon(() => refused(call(), "the call to be refused")), "TIMEOUT");
  }
}

export const LIMITS: readonly LoaderCheck[] = [
  {
    id: "limit.deadline-call",
    title: "a call ends with TIMEOUT by the deadline that its caller gives",
    scenarios: [SPIN],
    run: async (subject) => {
      const { scalar } = await subject.load(SPIN);
      await expectTimeouts(scalar, { timeoutMs: DEADLINE_MS });
    },
  },
  {
    id: "limit.deadline-host",
    title: "a call ends with TIMEOUT by the host's limit",
    scenarios: [SPIN],
    run: async (subject) => {
      const { scalar } = await subject.load(SPIN, { limits: { timeoutMs: LIMIT_MS } });
      await expectTimeouts(scalar);
    },
  },
  {
    id: "limit.deadline-manifest",
    title: "a call ends with TIMEOUT by the manifest's timeout_ms",
    scenarios: [SHORT],
    run: async (subject) => {
      const { scalar, plugin } = await subject.load(SHORT);
      expectEqual("the plugin's timeoutMs", plugin.limits.timeoutMs, LIMIT_MS);
      await expectTimeouts(scalar);
    },
  },
  ...SLOW_DOCUMENTS.map(
    ([where, guest]): LoaderCheck => ({
      id: `limit.deadline-in-${where}`,
      title: `loading ends with TIMEOUT where ${where === "start" ? "the start function" : where} computes for long`,
      scenarios: [guest],
      run: async (subject) => {
        const bytes = await subject.bytes(guest);
        const error = await soon(() => subject.refusal(bytes, SOON));
        expectCode(error, "TIMEOUT");
      },
    }),
  ),
  {
    id: "limit.only-tighter",
    title: "a manifest that asks for more than the host allows gets what the host allows",
    scenarios: [LONG],
    run: async (subject) => {
      const limits = { timeoutMs: LIMIT_MS, memoryPages: 64, fuelPerCall: 1e14 };
      const { scalar, plugin } = await subject.load(LONG, { limits });
      const { timeoutMs, memoryPages, fuelPerCall } = plugin.limits;
      expectEqual("the plugin's limits", { timeoutMs, memoryPages, fuelPerCall }, limits);
      await expectTimeouts(scalar);
    },
  },
  {
    id: "limit.memory-start",
    title: "a guest that starts with more memory than the limit is refused with RESOURCE_LIMIT",
    scenarios: [NINE_PAGES],
    run: async (subject) => {
      const bytes = await subject.bytes(NINE_PAGES);
      const error = await subject.refusal(bytes, { limits: { memoryPages: 8 } });
      expectCode(error, "RESOURCE_LIMIT");
      const { scalar } = await subject.load(NINE_PAGES, { limits: { memoryPages: 9 } });
      expectEqual("the answers where they are allowed", await answersOf(scalar, ONE), [[7], [7]]);
    },
  },
  {
    id: "limit.memory-manifest",
    title: "a guest that starts with more memory than its manifest's memory_max_pages is refused",
    scenarios: [NINE_OF_EIGHT],
    run: async (subject) => {
      expectCode(await subject.refusal(await subject.bytes(NINE_OF_EIGHT)), "RESOURCE_LIMIT");
    },
  },
  {
    id: "limit.memory-growth",
    title: "a guest's memory grows up to the limit, and no further",
    scenarios: [GROWING],
    run: async (subject) => {
      const memoryPages = 32;
      const { scalar } = await subject.load(GROWING, { limits: { memoryPages } });
      expectEqual("the pages of two guests", await answersOf(scalar, ONE), [[32], [32]]);
    },
  },
  {
    id: "limit.fuel-host",
    title: "a guest that uses up the host's fuel ends with RESOURCE_LIMIT",
    scenarios: [SPIN],
    run: async (subject) => {
      const { scalar } = await subject.load(SPIN, { limits: { fuelPerCall: 100_000 } });
      expectCodes(await refusals(scalar, ONE), "RESOURCE_LIMIT", /fuel/);
    },
  },
  {
    id: "limit.fuel-manifest",
    title: "a guest that uses up its manifest's fuel_per_call ends with RESOURCE_LIMIT",
    scenarios: [LITTLE_FUEL],
    run: async (subject) => {
      const { scalar } = await subject.load(LITTLE_FUEL);
      expectCodes(await refusals(scalar, ONE), "RESOURCE_LIMIT", /fuel/);
    },
  },
  {
    id: "limit.abort",
    title: "a call ends with ABORTED when its signal says so",
    scenarios: [SPIN],
    isolations: ["thread"],
    run: async (subject) => {
      const { scalar } = await subject.load(SPIN);
      const controller = new AbortController();
      const { signal } = controller;
      const call = later(refused(scalar.invoke(ONE, { signal }), "the call to end"));
      await pause(DEADLINE_MS);
      controller.abort();
      expectCode(await call, "ABORTED");
    },
  },
  {
    id: "limit.aborted",
    title: "a call whose signal has said so before is ABORTED, and gets no guest",
    scenarios: [SPIN],
    run: async (subject) => {
      const loaded = await subject.load(SPIN);
      expectCodes(await refusals(loaded.scalar, ONE, { signal: AbortSignal.abort() }), "ABORTED");
      const { misses } = loaded.plugin.pool.metrics;
      if (misses !== 0) fail("no guest to be made", misses);
    },
  },
];
