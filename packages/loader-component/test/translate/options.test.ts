import { describe, expect, it } from "vitest";
import { ComponentLoader, type ComponentLoaderOptions } from "../../src/index.ts";
import { observe } from "./observe.ts";
import { STATEFUL } from "./stateful.ts";

/** Options as someone passes them whom no compiler told. */
const WRONG: readonly (readonly [string, unknown])[] = [
  ...[5, null, true, {}, new URL("file:///tmp")].map((value) => ["cache", value] as const),
  ...["maxComponentBytes", "validationTimeoutMs"].flatMap((name) =>
    [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31, "1", 1n].map(
      (value) => [name, value] as const,
    ),
  ),
  ["cach", "/tmp"],
  ["isolation", "worker"],
];

describe("a loader is refused", () => {
  it.each(WRONG)("with the option %s: %s", (name, value) => {
    const make = () => new ComponentLoader({ isolation: "inline", cache: false, [name]: value });
    expect(make).toThrow(TypeError);
    expect(make).toThrow(name);
  });
});

describe("the limit on a component's bytes", () => {
  const { byteLength } = STATEFUL;
  const refusal = {
    name: "ComponentError",
    code: "RESOURCE_LIMIT",
    message: `the component has ${byteLength} bytes, and the limit is ${byteLength - 1} (maxComponentBytes)`,
  };

  it("is kept before a thread is started, by load and by precompile", async () => {
    const { threads } = observe();
    const options: ComponentLoaderOptions = { cache: false, maxComponentBytes: byteLength - 1 };
    await expect(
      new ComponentLoader({ isolation: "inline", ...options }).load(STATEFUL),
    ).rejects.toMatchObject(refusal);
    const { maxComponentBytes } = options;
    const precompile = ComponentLoader.precompile(STATEFUL, { maxComponentBytes });
    await expect(precompile).rejects.toMatchObject(refusal);
    expect(threads).toHaveLength(0);
  });

  it("lets pass what has just as many", async () => {
    const loader = new ComponentLoader({
      isolation: "inline",
      cache: false,
      maxComponentBytes: byteLength,
    });
    await expect(loader.load(STATEFUL)).resolves.toMatchObject({ id: "ai.example.stateful" });
  });
});

it("precompile refuses the same limits", async () => {
  for (const limit of [0, Number.NaN]) {
    for (const name of ["maxComponentBytes", "validationTimeoutMs"]) {
      const precompile = ComponentLoader.precompile(STATEFUL, { [name]: limit });
      await expect(precompile).rejects.toThrow(TypeError);
    }
  }
});
