import { describe, expect, it } from "vitest";
import { BUILDS, readBuild } from "./builds.ts";
import { sides } from "./sides.ts";

describe.each(BUILDS)("hypotenuse, by the $format build,", ({ format, makeLoader }) => {
  const hypotenuse = async (a: (number | null)[], b: (number | null)[]) => {
    await using loader = makeLoader();
    const plugin = await loader.load(readBuild(format));
    const [scalar] = plugin.scalars;
    if (scalar === undefined) throw new Error("expected a scalar function, got none");
    return [...(await scalar.invoke(sides(a, b)))];
  };

  it("is the longest side of a triangle with a right angle", async () => {
    expect(await hypotenuse([3, 0, -8], [4, 2.5, 15])).toEqual([5, 2.5, 17]);
  });

  it("is null where a side is, and no number where a side is none", async () => {
    expect(await hypotenuse([3, null, Number.NaN], [null, 4, 1])).toEqual([null, null, Number.NaN]);
  });
});
