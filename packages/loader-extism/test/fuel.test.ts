import { cannedExtismGuest, readFixture } from "@uni/fixtures";
import { registrationOf } from "@uni/loader-tests";
import { describe, expect, it } from "vitest";
import { ExtismLoader } from "../src/index.ts";
import { columns } from "./doubles.ts";

const rows = Array.from({ length: 500 }, (_, i) => i % 90);
const places = columns({ lat1: rows, lon1: rows, lat2: rows.toReversed(), lon2: rows });
/** What `haversine` of these rows spends, on whatever engine and thread. */
const HAVERSINE = 1_049_388;

describe.each(["thread", "inline"] as const)("fuel, %s", (isolation) => {
  const loader = new ExtismLoader({ isolation });
  const haversine = async (fuelPerCall: number) => {
    const plugin = await loader.load(readFixture("geo"), { limits: { fuelPerCall } });
    const scalar = plugin.scalars.find(({ name }) => name.local === "haversine");
    if (scalar === undefined) throw new Error("the fixture has a function haversine");
    return scalar;
  };

  it("is spent by the instruction, to the same number everywhere", async () => {
    const enough = await haversine(HAVERSINE);
    expect((await enough.invoke(places)).length).toBe(500);
    expect(enough.invokeSync(places).length).toBe(500);
    const short = await haversine(HAVERSINE - 1);
    const refusal = {
      name: "ExtismError",
      code: "RESOURCE_LIMIT",
      message: "invoke_ai_example_geo_haversine: it used up its fuel",
    };
    await expect(short.invoke(places)).rejects.toMatchObject(refusal);
    expect(() => short.invokeSync(places)).toThrow(expect.objectContaining(refusal));
  });

  it("bounds what a manifest may take for itself, and what a registration may", async () => {
    await expect(haversine(100)).rejects.toMatchObject({
      code: "RESOURCE_LIMIT",
      message: expect.stringMatching(/^(start|manifest): it used up its fuel$/),
    });
  });

  it("is what the manifest says, where that is less than the host allows", async () => {
    const manifest = {
      id: "ai.example.canned",
      version: "1.0.0",
      capabilities: ["scalar-fn"],
      fuel_per_call: 1_000_000,
    };
    const bytes = await cannedExtismGuest({
      manifest: JSON.stringify(manifest),
      register: registrationOf(),
      functions: { invoke_ai_example_canned_f: { kind: "loop" } },
    });
    for (const [fuelPerCall, effective] of [
      [undefined, 1_000_000],
      [5_000_000, 1_000_000],
      [500_000, 500_000],
    ] as const) {
      const plugin = await loader.load(bytes, { limits: { fuelPerCall } });
      expect(plugin.limits.fuelPerCall).toBe(effective);
      await expect(plugin.scalars[0]?.invoke(columns({ x: [1] }))).rejects.toMatchObject({
        code: "RESOURCE_LIMIT",
        message: "invoke_ai_example_canned_f: it used up its fuel",
      });
    }
  });
});
