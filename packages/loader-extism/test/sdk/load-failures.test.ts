import { type CannedGuestOptions, readFixture } from "@uni/fixtures";
import { describe, expect, it } from "vitest";
import { bothCanned } from "./two-canned.ts";
import { withBoth } from "./two-loaders.ts";

describe("a load fails in the same words on both engines where", () => {
  const cases: [string, CannedGuestOptions, object][] = [
    ["the manifest loops", { manifest: { kind: "loop" } }, { code: "TIMEOUT" }],
    ["the manifest traps", { manifest: { kind: "trap", message: "no" } }, { code: "TRAP" }],
    ["the manifest fails", { manifest: { kind: "fail", status: 1 } }, { code: "MANIFEST_INVALID" }],
    ["the manifest is empty", { manifest: "" }, { code: "MANIFEST_INVALID" }],
    ["the registration loops", { register: { kind: "loop" } }, { code: "TIMEOUT" }],
    [
      "the start function loops",
      { start: { kind: "loop" } },
      { code: "TIMEOUT", message: "manifest did not finish within 300 ms; its guest was ended" },
    ],
    [
      "the start function traps",
      { start: { kind: "trap", message: "early" } },
      { code: "TRAP", message: "start trapped: unreachable; the guest said: early" },
    ],
    [
      "_initialize loops",
      { functions: { _initialize: { kind: "loop" } } },
      { code: "TIMEOUT", message: "manifest did not finish within 300 ms; its guest was ended" },
    ],
    [
      "hs_init traps",
      { functions: { hs_init: { kind: "trap" } } },
      { code: "TRAP", message: "hs_init trapped: unreachable" },
    ],
    ["a needed export is missing", { functions: {} }, { code: "MANIFEST_INVALID" }],
    ["there is no manifest", { manifest: null }, { code: "INVALID_PLUGIN" }],
    [
      "an import is unknown",
      { extraImports: [{ module: "env", name: "sleep" }] },
      { code: "INSTANTIATE" },
    ],
    [
      "a host function is missing",
      { extraImports: [{ module: "extism:host/user", name: "fetch_url" }] },
      { code: "INSTANTIATE" },
    ],
    ["the memory is over the limit", { memoryPages: 20_000 }, { code: "RESOURCE_LIMIT" }],
  ];
  it.each(cases)("%s", async (_what, guest, expected) => {
    const { own, sdk } = await bothCanned(guest);
    expect(own).toMatchObject(expected);
    expect(sdk).toEqual(own);
  });

  it("the bytes are no plugin", async () => {
    for (const bytes of [new Uint8Array(), readFixture("geo").subarray(0, 500)]) {
      const { own, sdk } = await withBoth((load) => load(bytes));
      expect(own).toMatchObject({ code: "INVALID_PLUGIN" });
      expect(sdk).toEqual(own);
    }
  });
});
