import { type FixtureName, readFixture } from "@uni/fixtures";
import { Binary, Float64, Int32 } from "apache-arrow";
import { describe, expect, it } from "vitest";
import { doubles, ipcOf, texts, VEC3 } from "./batches.ts";
import { type RunCall, twoEngines } from "./two-engines.ts";

/** Makes calls, each in a fresh guest, and gives what they answered. */
type Script = (run: RunCall) => Promise<readonly Uint8Array[]>;

const scalar =
  (qname: string, ipc: Uint8Array): Script =>
  async (run) => [await run({ method: "invokeScalar", args: [qname, ipc] })];

const procedure =
  (qname: string, ipc: Uint8Array): Script =>
  async (run) => [await run({ method: "invokeProcedure", args: [qname, ipc] })];

/** A group that is updated twice, merged with itself, and evaluated. */
const aggregate =
  (qname: string, ipc: Uint8Array): Script =>
  async (run) => {
    const empty = await run({ method: "aggNew", args: [qname] });
    const once = await run({ method: "aggUpdate", args: [qname, empty, ipc] });
    const twice = await run({ method: "aggUpdate", args: [qname, once, ipc] });
    const partial = ipcOf([[once, twice], new Binary(), "partial_state"]);
    const merged = await run({ method: "aggMerge", args: [qname, twice, partial] });
    const value = await run({ method: "aggEvaluate", args: [qname, merged] });
    return [empty, once, twice, merged, value];
  };

const documents: Script = async (run) => [
  await run({ method: "manifest", args: [] }),
  await run({ method: "register", args: [] }),
];

const points = [
  [52.52, null, -90, 0],
  [13.405, 1, 0, 0],
  [48.85, 2, 90, 0],
  [2.35, 3, 180, 0],
];
const [from = [], , to = []] = points;
const samples = doubles([1, 2.5, null, -4], [1, 0.5, 1, 2]);
const words = ["", "grüße", null, "a\u0301 𝄞 z"];
const vectors = [[1, 2, 3], null, [0, -0, 1e300], [Number.NaN, 1, 2]];

const SCRIPTS: readonly (readonly [FixtureName, string, Script])[] = [
  ...(["geo", "stats", "stateful", "text", "vec", "probe"] as const).map(
    (fixture) => [fixture, "manifest and register", documents] as const,
  ),
  ["geo", "haversine", scalar("ai.example.geo.haversine", doubles(...points))],
  ["geo", "haversine of no rows", scalar("ai.example.geo.haversine", doubles([], [], [], []))],
  ["geo", "destination", scalar("ai.example.geo.destination", doubles(...points))],
  ["geo", "centroid", scalar("ai.example.geo.centroid", doubles(from, to))],
  [
    "geo",
    "nearest",
    procedure(
      "ai.example.geo.nearest",
      ipcOf([[48.85], new Float64()], [[2.35], new Float64()], [[3], new Int32()]),
    ),
  ],
  ["stats", "weighted_mean", aggregate("ai.example.stats.weighted_mean", samples)],
  ["stats", "weighted_variance", aggregate("ai.example.stats.weighted_variance", samples)],
  [
    "stats",
    "quantile",
    aggregate("ai.example.stats.quantile", doubles([3, 1, 2], [0.5, 0.5, 0.5])),
  ],
  ["stateful", "bump", scalar("ai.example.stateful.bump", doubles([10, 20, null]))],
  ["text", "reverse", scalar("ai.example.text.reverse", texts(words))],
  ["text", "char_length", scalar("ai.example.text.char_length", texts(words))],
  ["text", "join", scalar("ai.example.text.join", texts(words, [...words].reverse()))],
  ["vec", "dot", scalar("ai.example.vec.dot", ipcOf([vectors, VEC3], [vectors, VEC3]))],
  ["vec", "norm", scalar("ai.example.vec.norm", ipcOf([vectors, VEC3]))],
  [
    "vec",
    "scale",
    scalar("ai.example.vec.scale", ipcOf([vectors, VEC3], [[2, 3, null, 4], new Float64()])),
  ],
  [
    "probe",
    "config",
    scalar("ai.example.probe.config", texts(["region", "missing", "empty", "constructor"])),
  ],
  ["probe", "remember", scalar("ai.example.probe.remember", doubles([1, 2, 3]))],
  ["probe", "talk", scalar("ai.example.probe.talk", doubles([1, 2]))],
];

describe("a call on both engines answers with the same bytes", () => {
  it.each(SCRIPTS)("%s: %s", async (fixture, _title, script) => {
    const logs: unknown[] = [];
    const services = {
      log: (...record: unknown[]) => void logs.push(record),
      traceparent: () => undefined,
      metricCounter: () => undefined,
      functions: new Map(),
    };
    const config = { region: "Zürich", empty: "" };
    const { own, sdk } = await twoEngines(readFixture(fixture), { services, config });
    const expected = await script(own);
    const ownLogs = logs.splice(0);
    expect(await script(sdk)).toEqual(expected);
    expect(logs).toEqual(ownLogs);
    expect(expected.every(({ byteLength }) => byteLength > 0)).toBe(true);
  });

  it("stateful: boom traps in the same words", async () => {
    const call = scalar("ai.example.stateful.boom", doubles([1]));
    const { own, sdk } = await twoEngines(readFixture("stateful"));
    const { code, message } = await call(own).catch((error) => error);
    expect(code).toBe("TRAP");
    await expect(call(sdk)).rejects.toMatchObject({ code, message });
  });
});
