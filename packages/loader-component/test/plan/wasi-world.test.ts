// The table of WASI, the official WIT and this package's own decoder agree on every function.
import { describe, expect, it } from "vitest";
import { provided, requiredSignature } from "../../src/link/provided.ts";
import { signatureText } from "../../src/plan/signature.ts";
import { WASI } from "../../src/wasi/wasi.ts";
import { wasiWorld } from "../wasi/wasi-world.ts";
import { takenApart } from "./taken-apart.ts";

describe.each(["0.2.0", "0.2.12"])("the plan of all of WASI %s", async (version) => {
  const { plan } = takenApart(await wasiWorld(version));

  it("has every function of the table with the table's signature", () => {
    const imported = new Map(
      plan.imports.map((i) => [`${i.interface}#${i.name}`, signatureText(plan, i)]),
    );
    for (const [name, functions] of WASI) {
      for (const [method, { signature }] of Object.entries(functions)) {
        expect([method, imported.get(`${name}@${version}#${method}`)]).toEqual([method, signature]);
      }
    }
  });

  it("imports only what is provided, or may be there and is refused when it is called", () => {
    expect(plan.imports.length).toBeGreaterThan(100);
    for (const imported of plan.imports) {
      const found = provided(imported);
      expect(found?.kind).toMatch(/^(wasi|denied)$/);
      if (found?.kind !== "wasi") continue;
      expect(requiredSignature(found)).toBe(signatureText(plan, imported));
    }
  });

  it("has one resource for each that the interfaces define, however many use it", () => {
    const named = plan.resources.map(({ name, interface: from }) => `${from}#${name}`);
    expect(new Set(named).size).toBe(named.length);
    for (const used of [
      `wasi:io/poll@${version}#pollable`,
      `wasi:io/streams@${version}#output-stream`,
      `wasi:filesystem/types@${version}#descriptor`,
    ]) {
      expect(named).toContain(used);
    }
  });

  it("has the handle of an interface that uses it as one of the interface that defines it", () => {
    const ownerOf = (from: string, name: string) => {
      const imported = plan.imports.find(
        (i) => i.interface === `wasi:${from}@${version}` && i.name === name,
      );
      const type = typeof imported?.result === "number" ? plan.types[imported.result] : undefined;
      return type?.kind === "own" ? plan.resources[type.resource]?.interface : undefined;
    };
    expect(ownerOf("cli/stdout", "get-stdout")).toBe(`wasi:io/streams@${version}`);
    expect(ownerOf("cli/stdin", "get-stdin")).toBe(`wasi:io/streams@${version}`);
    expect(ownerOf("clocks/monotonic-clock", "subscribe-duration")).toBe(`wasi:io/poll@${version}`);
    expect(ownerOf("io/streams", "[method]output-stream.subscribe")).toBe(
      `wasi:io/poll@${version}`,
    );
  });
});
