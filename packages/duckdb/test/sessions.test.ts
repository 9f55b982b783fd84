import { PluginRegistry } from "@uni/plugin";
import { describe, expect, it } from "vitest";
import { attachedTo } from "./database.ts";
import { FORMATS, registryWith } from "./loaders.ts";

describe.each(FORMATS)("$name: a session", (format) => {
  // `bump` gives how often its guest was called, in every row.
  const SQL =
    "SELECT min(n), max(n) FROM (SELECT ai_example_stateful_bump(i) AS n FROM range(20000) r(i))";

  it("is one fresh guest for the chunks of a query, and never for two queries", async () => {
    const registry = await registryWith(format, ["stateful"]);
    const { rows, connection } = await attachedTo([], { session: true }, registry);
    await connection.run("SET threads = 1");
    const first = await rows(SQL);
    expect(first).toEqual([[1, 10]]);
    expect(await rows(SQL)).toEqual(first);
    const prepared = await connection.prepare(SQL);
    for (let i = 0; i < 3; i++) {
      expect((await prepared.runAndReadAll()).getRowsJson()).toEqual(first);
    }
  });

  it("is not what happens unless a host asks for it", async () => {
    const registry = await registryWith(format, ["stateful"]);
    const { rows } = await attachedTo([], {}, registry);
    expect(await rows(SQL)).toEqual([[1, 1]]);
  });

  it("ends with an error, and the next query has another", async () => {
    const registry = await registryWith(format, ["stateful"]);
    const { rows, failure, connection } = await attachedTo([], { session: true }, registry);
    await connection.run("SET threads = 1");
    expect(await failure("SELECT ai_example_stateful_boom(i) FROM range(9) r(i)")).toContain(
      "TRAP",
    );
    expect(await rows(SQL)).toEqual([[1, 10]]);
  });

  it("gives way to calls that find no guest free", async () => {
    const registry = await registryWith(format, ["geo"]);
    const { rows } = await attachedTo([], { session: true }, registry);
    for (let i = 0; i < 10; i++) {
      await rows("SELECT max(ai_example_geo_haversine(i, 1, 2, 3)) FROM range(3000) r(i)");
      expect(await rows("SELECT count(*) FROM ai_example_geo_nearest(1, 2, 5)")).toEqual([["5"]]);
    }
  });

  it("holds no guest for long after its query", async () => {
    const registry = new PluginRegistry();
    const [loaded] = await format.load(["stateful"], registry, "inline");
    const { rows, attached } = await attachedTo([], { session: true }, registry);
    // More queries at once and one after the other than the pool has slots.
    for (let i = 0; i < 6; i++) await rows(SQL);
    await expect.poll(() => loaded?.pool.metrics.live, { timeout: 10_000 }).toBe(0);
    await rows(SQL);
    await attached.detach();
    expect(loaded?.pool.metrics).toMatchObject({ live: 0 });
  });
});
