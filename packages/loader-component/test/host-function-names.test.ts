import type { HostFunction } from "@uni/wasm-rt";
import { describe, expect, it } from "vitest";
import { loaderOf } from "./load.ts";

const WIT = "acme:geo/lookup@1.0.0#city";
const three: HostFunction = {
  name: "city",
  wit: WIT,
  docs: "Out: three bytes.",
  call: () => new Uint8Array(3),
};

describe("the name of a host function for components", () => {
  const bad = [
    "uni:plugin/host-log@0.1.0#log",
    "wasi:cli/exit@0.2.0#exit",
    "wasi:anything/at-all#f",
    "acme:geo/lookup@1.0.0",
    "acme:geo#city",
    "acme/lookup#city",
    "city",
    "",
    "Acme:geo/lookup@1.0.0#city",
    "acme:geo/lookup@1.0.0#getCity",
    "acme:geo/lookup@v1#city",
    "acme:geo/lookup@1.0.0#",
    "acme:geo/look up@1.0.0#city",
    "acme:geo/lookup@1.0.0#city\n",
    "acme:geo/lookup@1.0.0#[method]r.city",
    "acme:geo/-lookup#city",
  ];
  for (const wit of bad) {
    it(`cannot be ${JSON.stringify(wit)}`, () => {
      const make = () => loaderOf({ hostFunctions: [{ ...three, wit }] });
      expect(make).toThrow(TypeError);
      expect(make).toThrow(
        /the host function city cannot be .* to components: expected namespace:/,
      );
    });
  }

  it("cannot be there twice, and may be missing more than once", () => {
    const again = { ...three, name: "other" };
    expect(() => loaderOf({ hostFunctions: [three, again] })).toThrow(TypeError);
    expect(() => loaderOf({ hostFunctions: [three, again] })).toThrow(
      `there are two host functions named ${WIT}`,
    );
    const { wit: _, ...without } = three;
    expect(() => loaderOf({ hostFunctions: [without, { ...without, name: "b" }] })).not.toThrow();
  });
});
