import { describe, expect, it } from "vitest";
import { attachedTo } from "./database.ts";
import { FORMATS, registryWith } from "./loaders.ts";

/** The haversine formula in DuckDB's own functions, over degrees, in kilometres. */
const OWN = `2 * 6371.0088 * asin(sqrt(least(1, pow(sin(radians(lat2 - lat1) / 2), 2)
  + cos(radians(lat1)) * cos(radians(lat2)) * pow(sin(radians(lon2 - lon1) / 2), 2))))`;
const POINTS = `SELECT i, hash(i) % 180 - 90.0::DOUBLE AS lat1, hash(i, 1) % 360 - 180.0::DOUBLE AS lon1,
  hash(i, 2) % 180 - 90.0::DOUBLE AS lat2, hash(i, 3) % 360 - 180.0::DOUBLE AS lon2 FROM range(20000) r(i)`;

describe.each(
  FORMATS.flatMap(
    (format) =>
      [
        { format, isolation: "inline" },
        { format, isolation: "thread" },
      ] as const,
  ),
)("$format.name plugins, $isolation", ({ format, isolation }) => {
  it("compute in SQL what DuckDB's own expressions do", async () => {
    const registry = await registryWith(format, ["geo", "text", "vec"], isolation);
    const { rows } = await attachedTo([], {}, registry);
    const [[count, furthest] = []] = await rows(`
        SELECT count(*), max(abs(ai_example_geo_haversine(lat1, lon1, lat2, lon2) - ${OWN}))
        FROM (${POINTS})`);
    expect(count).toBe("20000");
    expect(furthest).toBeLessThan(1e-6);
    expect(
      await rows(`
          WITH t AS (SELECT CASE WHEN i % 7 > 0 THEN repeat('aéш🙂', (i % 13)::INTEGER) || i END AS s FROM range(10000) r(i))
          SELECT count(*) FILTER (ai_example_text_reverse(s) IS DISTINCT FROM array_to_string(list_reverse(string_split(s, '')), '')),
            count(*) FILTER (ai_example_text_char_length(s) IS DISTINCT FROM length(s)),
            count(ai_example_text_reverse(s)) FROM t`),
    ).toEqual([["0", "0", "8571"]]);
    expect(
      await rows(`
          WITH t AS (SELECT (CASE WHEN i % 5 > 0 THEN [i, i / 2.0, -i] END)::DOUBLE[3] AS v FROM range(10000) r(i))
          SELECT count(*) FILTER (ai_example_vec_dot(v, [1, 2, 3]) IS DISTINCT FROM array_inner_product(v, [1, 2, 3]::DOUBLE[3])),
            count(*) FILTER (ai_example_vec_scale(v, 2) IS DISTINCT FROM [v[1] * 2, v[2] * 2, v[3] * 2]::DOUBLE[3] AND v IS NOT NULL),
            count(ai_example_vec_scale(v, 2)) FROM t`),
    ).toEqual([["0", "0", "8000"]]);
  });

  it("aggregate lists, group by group", async () => {
    const registry = await registryWith(format, ["stats"], isolation);
    const { rows } = await attachedTo([], {}, registry);
    const groups = await rows(`
        WITH t AS (SELECT i % 4 AS g, (hash(i) % 1000)::DOUBLE AS x, (1 + i % 3)::DOUBLE AS w FROM range(10000) r(i)
          UNION ALL SELECT 9, NULL, 1.0)
        SELECT g, ai_example_stats_weighted_mean(list(x), list(w)) AS mean, sum(x * w) / sum(w) FILTER (x IS NOT NULL) AS own
        FROM t GROUP BY g ORDER BY g`);
    expect(groups).toHaveLength(5);
    for (const [group, mean, own] of groups.slice(0, 4)) {
      expect({ group, mean }).toEqual({ group, mean: expect.closeTo(Number(own), 6) });
    }
    expect(groups[4]?.[1]).toBeNull();
  });

  it("give tables", async () => {
    const registry = await registryWith(format, ["geo"], isolation);
    const { rows, failure } = await attachedTo([], {}, registry);
    const nearest = await rows("FROM ai_example_geo_nearest(52.5, 13.4, 3)");
    expect(nearest.map(([city]) => city)).toEqual(["Berlin", "København", "Wien"]);
    const far = await rows(
      "SELECT yield0 FROM ai_example_geo_nearest(52.5, 13.4, 3) WHERE yield3 > 100".replace(
        "$1::DOUBLE",
        "52.5",
      ),
    );
    expect(far).toEqual([["København"], ["Wien"]]);
    expect(await failure("FROM ai_example_geo_nearest(52.5, 13.4)")).toContain(
      "ai_example_geo_nearest(DOUBLE, DOUBLE, INTEGER)",
    );
  });

  it("take any number of arguments where the last is variadic", async () => {
    const registry = await registryWith(format, ["geo"], isolation);
    const { rows } = await attachedTo([], {}, registry);
    const [[one, three] = []] = await rows(`
        SELECT ai_example_geo_centroid(10.0, 20.0), ai_example_geo_centroid(0, 0, 0, 20, 0, 40)`);
    const numbers = (value: unknown) => (Array.isArray(value) ? value.map(Number) : []);
    expect(numbers(one)).toEqual([expect.closeTo(10, 9), expect.closeTo(20, 9)]);
    expect(numbers(three)).toEqual([expect.closeTo(0, 9), expect.closeTo(20, 9)]);
  });

  it("report errors with name, function, code and message, and leave the connection usable", async () => {
    const registry = await registryWith(format, ["stateful"], isolation);
    const { rows, failure } = await attachedTo([], {}, registry);
    const message = await failure("SELECT ai_example_stateful_boom(i) FROM range(5000) r(i)");
    expect(message).toMatch(
      /^Invalid Input Error: ai\.example\.stateful\.boom of plugin ai\.example\.stateful \d+\.\d+\.\d+ failed with (TRAP|FN_ERROR \d+): ./,
    );
    // A fresh guest for each chunk: nothing of the one before is left.
    expect(await rows("SELECT DISTINCT ai_example_stateful_bump(1) FROM range(1)")).toEqual(
      await rows("SELECT DISTINCT ai_example_stateful_bump(1) FROM range(1)"),
    );
  });
});
