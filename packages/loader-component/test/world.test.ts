import { readFileSync } from "node:fs";
import { componentEmbed, componentNew } from "@bytecodealliance/jco-transpile/wasm-tools";
import { describe, expect, it } from "vitest";
import { decodeComponent } from "../src/binary/decode-component.ts";
import type { ComponentPlan } from "../src/plan/plan.ts";
import { resolveComponent } from "../src/plan/resolve.ts";
import { requireWorld } from "../src/world.ts";

const wit = readFileSync(new URL("../wit/world.wit", import.meta.url), "utf8");

/** A component that has everything that a world says, and does nothing. */
async function dummy(witSource: string, world: string): Promise<ComponentPlan> {
  const component = await componentNew(await componentEmbed({ dummy: true, witSource, world }));
  return resolveComponent(decodeComponent(component)).plan;
}

describe("the published worlds", () => {
  it.each([
    ["scalar-plugin", ["invoke-scalar"]],
    ["aggregate-plugin", ["agg-new", "agg-update", "agg-merge", "agg-evaluate"]],
    ["procedure-plugin", ["invoke-procedure"]],
  ])("are what the loader accepts: %s", async (world, surface) => {
    const plan = await dummy(wit, world);
    expect(() => requireWorld(plan)).not.toThrow();
    const exported = plan.exports.map(({ name }) => name);
    expect(exported.sort()).toEqual(["manifest", "register", ...surface].sort());
    expect(plan.interfaces).toContain("uni:plugin/host-log@0.1.0");
  });

  // One letter of each type, so that the loader is seen to compare every part of it.
  it.each([
    ["qname: string, ipc-bytes: list<u8>", "qname: string, ipc-bytes: list<s8>"],
    ["qname: string, ipc-bytes: list<u8>", "qname: list<u8>, ipc-bytes: list<u8>"],
    ["invoke-scalar: func(qname: string, ", "invoke-scalar: func("],
    ["code: u32", "code: u64"],
    ["retryable: bool", "retryable: u8"],
    ["message: string,\n    retryable: bool", "retryable: bool,\n    message: string"],
    ["manifest: func() -> string", "manifest: func() -> list<u8>"],
    ["register: func() -> string", "register: func()"],
    ["log: func(level: string, message: string)", "log: func(level: u32, message: string)"],
    ["-> option<string>", "-> string"],
    ["-> option<u64>", "-> option<s64>"],
  ])("are compared part by part: %s is not %s", async (right, wrong) => {
    expect(wit).toContain(right);
    const plan = await dummy(wit.replaceAll(right, wrong), "scalar-plugin");
    expect(() => requireWorld(plan)).toThrow(/expected func|and it is func/);
  });
});
