import { Utf8 } from "apache-arrow";
import { batchOf, type Column } from "../../batches/batch-of.ts";
import { secretBatch } from "../../batches/secret-batch.ts";
import { END_CODES, SESSION, SESSION_FUEL } from "../../guests/counting.ts";
import { builtScenario } from "../../guests/scenario.ts";
import { expectCode, expectCodes, expectEqual } from "../expect.ts";
import type { LoaderCheck } from "../loader-check.ts";
import { count, loadSteered, ONE, open, sessionRefusals } from "../session.ts";
import { refused } from "../subject.ts";

const DEADLINE_MS = 100;
const CALLS = 40;

const GEO = builtScenario("geo");
const PLACES = batchOf(
  ...[1, 2, 3, 4].map((n): Column => [Array.from({ length: 2048 }, (_, i) => (i * n) % 90)]),
);
/** 8 MiB, and the arguments of the calls are more than twice as much. */
const PAGES = 128;
const MANY_CALLS = 300;

export const SESSIONS: readonly LoaderCheck[] = [
  {
    id: "session.one-guest",
    title: "the calls of a session share one guest, which is fresh for each session",
    scenarios: [SESSION],
    run: async (subject) => {
      const { scalar } = await loadSteered(subject);
      for (let i = 0; i < 2; i++) {
        using session = open(scalar);
        const counts = [await count(session), session.invokeSync(ONE).get(0), await count(session)];
        expectEqual("the counts in a session", counts, [1, 2, 3]);
        expectEqual("the count of a call beside it", scalar.invokeSync(ONE).get(0), 1);
      }
    },
  },
  {
    id: "session.held",
    title: "a session holds one guest from its first call until it is disposed, once",
    scenarios: [SESSION],
    run: async (subject) => {
      const loaded = await loadSteered(subject);
      const session = open(loaded.scalar);
      const { live: before } = loaded;
      await count(session);
      session.invokeSync(ONE);
      const { live: during } = loaded;
      session[Symbol.dispose]();
      session[Symbol.dispose]();
      const { live: after } = loaded;
      const { misses } = loaded.plugin.pool.metrics;
      expectEqual(
        "the guests that are live before, during and after, and all that were made",
        { before, during, after, misses },
        { before: 0, during: 1, after: 0, misses: 1 },
      );
      expectCodes(await sessionRefusals(session), "CLOSED");
    },
  },
  ...(["trap", "error", "timeout", "garbage"] as const).map(
    (end): LoaderCheck => ({
      id: `session.after-${end}`,
      title: `a call that ends by ${end} ends its session and its guest`,
      scenarios: [SESSION],
      run: async (subject) => {
        const loaded = await loadSteered(subject);
        const session = open(loaded.scalar);
        await count(session);
        loaded.steer(end);
        const options = { timeoutMs: end === "timeout" ? DEADLINE_MS : 10_000 };
        const error = await refused(session.invoke(ONE, options), "the call to be refused");
        expectCode(error, END_CODES[end]);
        await loaded.idle();
        loaded.steer("answer");
        expectCodes(await sessionRefusals(session), "CLOSED");
        using next = open(loaded.scalar);
        expectEqual("the count in the next session", await count(next), 1);
      },
    }),
  ),
  {
    id: "session.arguments",
    title: "arguments that are refused before they reach the guest leave a session as it was",
    scenarios: [SESSION],
    run: async (subject) => {
      using session = open((await loadSteered(subject)).scalar);
      await count(session);
      const strange = batchOf([["text"], new Utf8()]);
      const invoked = refused(session.invoke(strange), "invoke to be refused");
      expectCode(await invoked, "ARGUMENTS_INVALID");
      const sync = refused(() => session.invokeSync(strange), "invokeSync to be refused");
      expectCode(await sync, "ARGUMENTS_INVALID");
      const secret = refused(session.invoke(secretBatch()), "a secret to be refused");
      expectCode(await secret, "IPC", /secret/);
      expectEqual("the count afterwards", await count(session), 2);
    },
  },
  {
    id: "session.fuel",
    title: "each call of a session has the whole of its fuel",
    scenarios: [SESSION],
    run: async (subject) => {
      const limits = { fuelPerCall: SESSION_FUEL * 10 };
      using session = open((await loadSteered(subject, { limits })).scalar);
      for (let i = 0; i < CALLS; i++) await count(session);
      expectEqual("the count afterwards", await count(session), CALLS + 1);
    },
  },
  {
    id: "session.memory",
    title: "a session is over many rows in little memory, where its guest frees what a call used",
    scenarios: [SESSION, GEO],
    run: async (subject) => {
      const { plugin } = await subject.load(GEO, { limits: { memoryPages: PAGES } });
      const haversine = plugin.scalars.find(({ name }) => name.local === "haversine");
      if (haversine === undefined) return;
      using session = open(haversine);
      let rows = 0;
      for (let i = 0; i < MANY_CALLS; i++) rows += (await session.invoke(PLACES)).length;
      expectEqual("the rows that were answered", rows, MANY_CALLS * PLACES.numRows);
    },
  },
];
