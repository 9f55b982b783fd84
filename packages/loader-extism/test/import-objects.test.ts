import { NO_SERVICES } from "@uni/loader-tests";
import { DEFAULT_PLUGIN_LIMITS, SERVICE_NAMES } from "@uni/wasm-rt";
import { describe, expect, it } from "vitest";
import { blockLimits } from "../src/abi/block-limits.ts";
import { envImports } from "../src/abi/env-imports.ts";
import { ENV_NAMES } from "../src/abi/env-names.ts";
import { HostCall } from "../src/abi/host-call.ts";
import { userImports } from "../src/abi/user-imports.ts";

const call = new HostCall(blockLimits(DEFAULT_PLUGIN_LIMITS));
const services = {
  ...NO_SERVICES,
  functions: new Map([["fetch_url", (bytes: Uint8Array) => bytes]]),
};
const host = { current: () => call, services, config: {} };

// What a module imports is also compared with these names before it is instantiated; neither check
// stands alone.
describe("an import object", () => {
  for (const [what, imports, names] of [
    ["extism:host/env", envImports(host), [...ENV_NAMES]],
    ["extism:host/user", userImports(host), [...SERVICE_NAMES, "fetch_url"]],
  ] as const) {
    it(`of ${what} has its own functions and nothing from Object.prototype`, () => {
      expect(Object.getPrototypeOf(imports)).toBeNull();
      expect(Object.keys(imports).toSorted()).toEqual(names.toSorted());
      for (const name of ["constructor", "toString", "__proto__", "hasOwnProperty"]) {
        expect(imports[name]).toBeUndefined();
      }
    });
  }
});
