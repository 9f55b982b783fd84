import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { loaders } from "./loaders.ts";

const PADDING_BYTES = 24 << 20;

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");
setFlagsFromString("--no-expose-gc");

function arrayBufferBytes(): number {
  collect();
  return process.memoryUsage().arrayBuffers;
}

// An artifact is made of what is compiled, in which there is no section to pad.
const padded = loaders.filter(({ name }) => name !== "PrecompiledLoader");
for (const { name, make, fixture } of padded) {
  describe.each(["thread", "inline"] as const)(`a plugin of ${name}, %s`, (isolation) => {
    it("keeps no bytes of its file beside what the engine has", async () => {
      const before = arrayBufferBytes();
      await using loader = make({ isolation });
      const { scalars } = await loader.load(withCustomSection(await fixture("text")));
      expect(scalars).not.toHaveLength(0);
      await expect
        .poll(() => arrayBufferBytes() - before, { timeout: 15_000, interval: 200 })
        .toBeLessThan(PADDING_BYTES / 2);
    });
  });
}

function withCustomSection(plugin: Uint8Array): Uint8Array {
  const name = [1, "x".charCodeAt(0)];
  const size = name.length + PADDING_BYTES;
  const sizeBytes = [
    (size & 127) | 128,
    ((size >> 7) & 127) | 128,
    ((size >> 14) & 127) | 128,
    size >> 21,
  ];
  const padded = new Uint8Array(plugin.length + 1 + sizeBytes.length + size);
  padded.set(plugin);
  padded.set([0, ...sizeBytes, ...name], plugin.length);
  return padded;
}
