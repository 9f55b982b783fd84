import { describe, expect, test } from "vitest";
import { PluginError, parseManifest, requireAbi } from "../src/index.ts";
import { thrownBy } from "./thrown-by.ts";

function manifestWith(fields: object) {
  return parseManifest(JSON.stringify({ id: "ai.example.geo", version: "1.2.3", ...fields }));
}

describe("requireAbi", () => {
  test.each([
    undefined,
    "*",
    "1",
    "1.0",
    "^1",
    "^1.0.0",
    ">=1 <3",
    ">=1, <3",
    ">=0.5,<=1",
    "^1 || ^2",
  ])("takes the range %s on a host of ABI 1.0.0", (abi) => {
    expect(() => requireAbi(manifestWith({ abi }), "1.0.0")).not.toThrow();
  });

  test.each(["^2", "2", "^0.9", ">1", ">=2, <3", ">=1,<1.0.0", "^2 || ^3"])(
    "refuses the range %s on a host of ABI 1.0.0, naming the plugin and both",
    (abi) => {
      const error = thrownBy(() => requireAbi(manifestWith({ abi }), "1.0.0"));
      expect(error).toBeInstanceOf(PluginError);
      expect(error).toMatchObject({ code: "ABI_UNSUPPORTED" });
      expect((error as PluginError).message).toContain(
        `ai.example.geo 1.2.3 wants ABI ${abi}, and this host speaks ABI 1.0.0`,
      );
    },
  );

  test("compares with the ABI of the host at hand", () => {
    expect(() => requireAbi(manifestWith({ abi: "^2" }), "2.1.0")).not.toThrow();
    expect(() => requireAbi(manifestWith({ abi: "^1" }), "2.1.0")).toThrow(
      "this host speaks ABI 2.1.0",
    );
  });
});
