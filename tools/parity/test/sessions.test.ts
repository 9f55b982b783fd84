import { describe, expect, it } from "vitest";
import { batchOf, doubles } from "./arrow-columns.ts";
import { loaders } from "./loaders.ts";

const CALLS = 200;
/** Arguments of 64 KiB, so that all of them are three times the memory. */
const ROWS = 8192;
const PAGES = 64;
const ARGS = batchOf(doubles(Array.from({ length: ROWS }, (_, i) => i)));

describe.each(loaders)("$name", (loader) => {
  it.each(["thread", "inline"] as const)(
    "keeps what a guest keeps over the calls of a session, and frees the rest (%s)",
    async (isolation) => {
      await using host = loader.make({ isolation, limits: { memoryPages: PAGES } });
      const { scalars, pool } = await host.load(await loader.fixture("stateful"));
      using session = scalars.find(({ name }) => name.local === "bump")?.openSession?.();
      for (let i = 1; i <= CALLS; i++) {
        const counts = i % 2 === 0 ? session?.invokeSync(ARGS) : await session?.invoke(ARGS);
        expect([counts?.length, counts?.get(0), counts?.get(ROWS - 1)]).toEqual([ROWS, i, i]);
      }
      expect(pool.metrics).toMatchObject({ misses: 1, live: 1 });
    },
  );
});
