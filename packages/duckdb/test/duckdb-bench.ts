/**
 * What a plugin's function costs in SQL, against the same function in TypeScript through the client's
 * `registerScalarFunction`, and against DuckDB's own functions.
 *
 *     pnpm bench --only duckdb
 */
import { readFileSync } from "node:fs";
import {
  DOUBLE,
  type DuckDBConnection,
  DuckDBInstance,
  DuckDBScalarFunction,
  INTEGER,
  VARCHAR,
} from "@duckdb/node-api";
import { type Case, takeTurns } from "@uni/bench";
import { readComponent, readFixture } from "@uni/fixtures";
import { ComponentLoader } from "@uni/loader-component";
import { CoreLoader } from "@uni/loader-core";
import { ExtismLoader } from "@uni/loader-extism";
import { PluginRegistry } from "@uni/plugin";
import type { Isolation } from "@uni/wasm-rt";
import { attach } from "../src/index.ts";

const ROWS = 1_000_000;
const TURNS = { rounds: 7, callsPerRound: 1, warmUpRounds: 1 };
const EARTH_RADIUS_KM = 6371.0088;
const RADIANS = Math.PI / 180;

type Name = "geo" | "text";
const core = (name: Name) =>
  readFileSync(new URL(`../../loader-core/guests/dist/${name}.wasm`, import.meta.url));

type Load = (
  name: Name,
  isolation: Isolation,
  options: { registry: PluginRegistry; spares: number },
) => Promise<unknown>;
const FORMATS: Readonly<Record<string, Load>> = {
  Extism: (name, isolation, options) => {
    return new ExtismLoader({ isolation }).load(readFixture(name), options);
  },
  component: (name, isolation, options) => {
    return new ComponentLoader({ isolation }).load(readComponent(name), options);
  },
  core: (name, isolation, options) => new CoreLoader({ isolation }).load(core(name), options),
};

/** How guests are made, for each place where they run. */
const WAYS = [
  { isolation: "inline", session: false, spares: 0, what: "a guest a chunk" },
  { isolation: "inline", session: true, spares: 0, what: "a guest a query" },
  { isolation: "thread", session: false, spares: 0, what: "a guest a chunk" },
  { isolation: "thread", session: false, spares: 1, what: "a guest a chunk, built ahead" },
  { isolation: "thread", session: true, spares: 0, what: "a guest a query" },
] as const;

const instance = await DuckDBInstance.create(":memory:");
const setUp = await instance.connect();
await setUp.run(`
  CREATE TABLE points AS SELECT random() * 180 - 90 AS lat1, random() * 360 - 180 AS lon1,
    random() * 180 - 90 AS lat2, random() * 360 - 180 AS lon2 FROM range(${ROWS});
  CREATE TABLE texts AS SELECT repeat('aéш🙂', (i % 9)::INTEGER) || i AS s FROM range(${ROWS}) r(i);
  CREATE MACRO macro_haversine(lat1, lon1, lat2, lon2) AS 2 * ${EARTH_RADIUS_KM} * asin(sqrt(least(1,
    pow(sin(radians(lat2 - lat1) / 2), 2)
    + cos(radians(lat1)) * cos(radians(lat2)) * pow(sin(radians(lon2 - lon1) / 2), 2))));
`);
setUp.registerScalarFunction(
  DuckDBScalarFunction.create({
    name: "typescript_haversine",
    parameterTypes: [DOUBLE, DOUBLE, DOUBLE, DOUBLE],
    returnType: DOUBLE,
    mainFunction: (_info, input, output) => {
      const [lat1, lon1, lat2, lon2] = [0, 1, 2, 3].map((i) => input.getColumnVector(i));
      for (let row = 0; row < input.rowCount; row++) {
        const [a, b] = [Number(lat1?.getItem(row)), Number(lon1?.getItem(row))];
        const [c, d] = [Number(lat2?.getItem(row)), Number(lon2?.getItem(row))];
        const halfLat = Math.sin((c - a) * (RADIANS / 2));
        const halfLon = Math.sin((d - b) * (RADIANS / 2));
        const cosines = Math.cos(a * RADIANS) * Math.cos(c * RADIANS);
        const square = halfLat * halfLat + cosines * halfLon * halfLon;
        output.setItem(row, 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(Math.min(1, square))));
      }
      output.flush();
    },
  }),
);
setUp.registerScalarFunction(
  DuckDBScalarFunction.create({
    name: "typescript_char_length",
    parameterTypes: [VARCHAR],
    returnType: INTEGER,
    mainFunction: (_info, input, output) => {
      const text = input.getColumnVector(0);
      for (let row = 0; row < input.rowCount; row++) {
        output.setItem(row, [...String(text.getItem(row))].length);
      }
      output.flush();
    },
  }),
);

function caseOf(name: string, connection: DuckDBConnection, expression: string): Case {
  const table = expression.includes("(s)") ? "texts" : "points";
  const sql = `SELECT count(x) FROM (SELECT ${expression} AS x FROM ${table})`;
  const run = async () => Number((await connection.runAndReadAll(sql)).getRowsJson()[0]?.[0]);
  return { name, expected: ROWS, run };
}

async function pluginCases(plugin: Name, expression: string): Promise<Case[]> {
  const cases: Case[] = [];
  for (const [name, load] of Object.entries(FORMATS)) {
    for (const { isolation, session, spares, what } of WAYS) {
      const registry = new PluginRegistry();
      await load(plugin, isolation, { registry, spares });
      const connection = await instance.connect();
      await attach(connection, registry, { instance, session });
      cases.push(caseOf(`${name}, ${isolation}, ${what}`, connection, expression));
    }
  }
  return cases;
}

await takeTurns(
  "haversine over a million rows",
  [
    caseOf(
      "TypeScript, registerScalarFunction",
      setUp,
      "typescript_haversine(lat1, lon1, lat2, lon2)",
    ),
    caseOf("DuckDB's own functions", setUp, "macro_haversine(lat1, lon1, lat2, lon2)"),
    ...(await pluginCases("geo", "ai_example_geo_haversine(lat1, lon1, lat2, lon2)")),
  ],
  TURNS,
);
await takeTurns(
  "char_length over a million strings",
  [
    caseOf("TypeScript, registerScalarFunction", setUp, "typescript_char_length(s)"),
    caseOf("DuckDB's own functions", setUp, "length(s)"),
    ...(await pluginCases("text", "ai_example_text_char_length(s)")),
  ],
  TURNS,
);
process.exit();
