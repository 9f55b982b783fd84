import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { attach } from "../src/index.ts";
import { closing, connect, openInstance, rowsOf } from "./database.ts";
import { FORMATS, registryWith } from "./loaders.ts";

const DATA = join(dirname(createRequire(import.meta.url).resolve("vega-datasets")), "..", "data");

/** Three million flights in the United States, with where they started and landed. */
const FLIGHTS = `
  CREATE TABLE airports AS SELECT * FROM read_csv('${join(DATA, "airports.csv")}');
  CREATE TABLE flights AS
    SELECT o.latitude AS lat1, o.longitude AS lon1, d.latitude AS lat2, d.longitude AS lon2, f.distance, f.delay
    FROM read_parquet('${join(DATA, "flights-3m.parquet")}') f
    JOIN airports o ON o.iata = f.origin JOIN airports d ON d.iata = f.destination`;

describe("three million flights", () => {
  it("are as far in every format as DuckDB's own functions say, and as the airlines do", async () => {
    const instance = await openInstance();
    const setUp = await connect(instance);
    await setUp.run(FLIGHTS);
    const answers: unknown[] = [];
    for (const [i, format] of FORMATS.entries()) {
      const registry = await registryWith(format, ["geo"], i === 0 ? "thread" : "inline");
      const connection = await connect(instance);
      const attached = await attach(connection, registry, { instance, session: i === 1 });
      closing(() => attached.detach());
      answers.push(
        ...(await rowsOf(
          connection,
          `SELECT count(*), count(km), max(abs(km - own)) < 1e-6, avg(abs(km / 1.609344 - distance) / distance) < 0.01,
             sum(km::DECIMAL(18, 9)) FROM (
             SELECT ai_example_geo_haversine(lat1, lon1, lat2, lon2) AS km, distance,
               2 * 6371.0088 * asin(sqrt(least(1, pow(sin(radians(lat2 - lat1) / 2), 2)
                 + cos(radians(lat1)) * cos(radians(lat2)) * pow(sin(radians(lon2 - lon1) / 2), 2)))) AS own
             FROM flights)`,
        )),
      );
    }
    expect(answers).toEqual(
      FORMATS.map(() => ["3000000", "3000000", true, true, expect.any(String)]),
    );
    // The sum of exact decimals does not depend on the order of the rows.
    expect(new Set(answers.map(String)).size).toBe(1);
  }, 180_000);
});
