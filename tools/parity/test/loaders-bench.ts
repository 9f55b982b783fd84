/**
 * What the same plugin costs in each format: one fresh guest for each call, inline, so that the ABI is
 * what differs. The first one is the floor.
 *
 *     pnpm bench --only loaders
 */
import { type Case, reportFigures, takeTurns } from "@uni/bench";
import type { ConformingLoader } from "@uni/conformance";
import { conforming as component } from "../../../packages/loader-component/test/conformance/conforming.ts";
import { conforming as core } from "../../../packages/loader-core/test/conforming.ts";
import { conforming as extism } from "../../../packages/loader-extism/test/conformance/conforming.ts";
import { batchOf, doubles } from "./arrow-columns.ts";

const LOADERS: readonly ConformingLoader[] = [core, extism, component];

async function geoOf(loader: ConformingLoader): Promise<Uint8Array> {
  const bytes = await loader.guest({ name: "geo", about: "the plugin ai.example.geo" });
  if (bytes === undefined) throw new Error(`${loader.name} has no geo`);
  return bytes;
}

async function caseOf(loader: ConformingLoader, rows: number): Promise<Case> {
  const { scalars } = await loader.make({ isolation: "inline" }).load(await geoOf(loader));
  const haversine = scalars.find(({ name }) => name.local === "haversine");
  const degrees = [1, 2, 3, 4].map((n) => Array.from({ length: rows }, (_, i) => (i * n) % 90));
  const batch = batchOf(doubles(...degrees));
  return { name: loader.name, expected: rows, run: () => haversine?.invokeSync(batch).length };
}

const sizes = LOADERS.map(async (loader) => [loader.name, (await geoOf(loader)).length] as const);
reportFigures("size of the plugin", "bytes", Object.fromEntries(await Promise.all(sizes)));
for (const [rows, callsPerRound] of [
  [1, 50],
  [1000, 50],
  [100_000, 2],
] as const) {
  const cases = await Promise.all(LOADERS.map((loader) => caseOf(loader, rows)));
  const turns = { rounds: 20, callsPerRound, warmUpRounds: 3 };
  await takeTurns(`haversine, rows: ${rows.toLocaleString("en")}`, cases, turns);
}
