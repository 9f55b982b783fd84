import { readComponent } from "@uni/fixtures";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeArtifact, isArtifact } from "../../src/artifact/artifact.ts";
import { readArtifact } from "../../src/artifact/read-artifact.ts";
import { ANSWERS_SEVEN, assemble } from "../hostile/wat.ts";
import { takenApart } from "../plan/taken-apart.ts";
import { wasiWorld } from "../wasi/wasi-world.ts";
import { artifactOf, KEY, refusalOfArtifact } from "./forged.ts";

const COMPONENTS: Readonly<Record<string, () => Uint8Array | Promise<Uint8Array>>> = {
  geo: () => readComponent("geo"),
  probe: () => readComponent("probe"),
  javascript: () => readComponent("javascript"),
  "all of WASI": () => wasiWorld(),
  nothing: () => assemble("(component)"),
};

describe("an artifact", () => {
  it.each(Object.entries(COMPONENTS))("holds all of a component: %s", async (_, component) => {
    const bytes = await component();
    const { plan, modules } = takenApart(bytes);
    const encoded = encodeArtifact({ key: KEY, plan, modules });
    expect(isArtifact(encoded)).toBe(true);
    const read = readArtifact(encoded);
    expect(read.key).toBe(KEY);
    expect(read.plan).toEqual(plan);
    expect(read.modules).toHaveLength(modules.length);
    const same = read.modules.map((module, i) => Buffer.from(module).equals(modules[i] ?? module));
    expect(same.every(Boolean)).toBe(true);
  });

  it("is read where it stands in a larger buffer", async () => {
    const encoded = encodeArtifact(artifactOf(await assemble(ANSWERS_SEVEN)));
    const buffer = new Uint8Array(encoded.length + 20);
    buffer.set(encoded, 7);
    const read = readArtifact(buffer.subarray(7, 7 + encoded.length));
    expect(read).toEqual(readArtifact(encoded));
  });

  it("is no component, and a component is none", async () => {
    const component = await assemble(ANSWERS_SEVEN);
    expect(isArtifact(component)).toBe(false);
    expect(isArtifact(encodeArtifact(artifactOf(component)).subarray(0, 7))).toBe(false);
  });
});

describe("a damaged artifact", () => {
  it("is refused for any bit of it", async () => {
    const encoded = encodeArtifact(artifactOf(await assemble(ANSWERS_SEVEN)));
    for (let at = 0; at < encoded.length; at++) {
      for (const bit of [1, 0x80]) {
        const damaged = encoded.slice();
        damaged[at] = (damaged[at] as number) ^ bit;
        refusalOfArtifact(damaged);
      }
    }
  });

  it("is refused for any byte of a large one", () => {
    const encoded = encodeArtifact(artifactOf(readComponent("geo")));
    fc.assert(
      fc.property(fc.nat(encoded.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = encoded.slice();
        damaged[at] = (damaged[at] as number) ^ change;
        refusalOfArtifact(damaged);
      }),
      { numRuns: 300 },
    );
  });

  it("is refused wherever it is cut off, and with anything behind it", async () => {
    const encoded = encodeArtifact(artifactOf(await assemble(ANSWERS_SEVEN)));
    for (let length = 0; length < encoded.length; length++) {
      refusalOfArtifact(encoded.subarray(0, length));
    }
    refusalOfArtifact(Buffer.concat([encoded, Buffer.of(0)]));
  });
});
