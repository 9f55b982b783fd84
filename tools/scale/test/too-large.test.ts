import { UniError } from "@uni/plugin";
import { describe, expect, it } from "vitest";
import { degrees } from "../src/plugins/columns.ts";
import { FORMATS, type FormatName } from "../src/plugins/formats.ts";
import { scalarOf } from "../src/plugins/open-plugin.ts";

const NAMES: readonly FormatName[] = ["Extism", "component", "core"];
/** 4 MiB: less than half of the arguments. */
const MEMORY_PAGES = 64;
const ROWS = 300_000;

describe.each(NAMES)("a batch that is larger than the memory of a guest (%s)", (name) => {
  it.each(["thread", "inline"] as const)(
    "is refused with a code, and harms no later call, %s",
    async (isolation) => {
      await using loader = FORMATS[name].loader({ isolation });
      const limits = { memoryPages: MEMORY_PAGES };
      const plugin = await loader.load(FORMATS[name].read("geo"), { limits });
      const haversine = scalarOf(plugin, "haversine");
      const refused = await haversine
        .invoke(degrees(ROWS, (column, row) => (row * column) % 90))
        .catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(UniError);
      // A guest that gets no memory gives up.
      expect(refused).toMatchObject({ code: "TRAP" });
      expect(plugin.pool.metrics.live).toBe(0);
      expect((await haversine.invoke(degrees(1, () => 1))).get(0)).toBe(0);
    },
  );
});
