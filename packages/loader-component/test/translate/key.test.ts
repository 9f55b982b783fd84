import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { decodeComponent } from "../../src/binary/decode-component.ts";
import { resolveComponent } from "../../src/plan/resolve.ts";
import { artifactKey } from "../../src/translate/artifact-key.ts";
import { DiskCache } from "../../src/translate/disk-cache.ts";
import { withCustomSection } from "../hostile/wat.ts";
import { observe } from "./observe.ts";
import { STATEFUL } from "./stateful.ts";
import { unmadeFolder } from "./temporary-folder.ts";

it("a key says who validated, how the plan was made, and of which bytes", () => {
  const key = (bytes: Uint8Array) => {
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    return expect.stringMatching(
      new RegExp(`^jco-transpile 1\\.2\\.3, plan [0-9]+, sha256 ${sha256}$`),
    );
  };
  const other = withCustomSection(STATEFUL, "note", "x");
  expect(artifactKey(STATEFUL, "1.2.3")).toEqual(key(STATEFUL));
  expect(artifactKey(other, "1.2.3")).toEqual(key(other));
  expect(artifactKey(new Uint8Array(), "1.2.3")).toEqual(key(new Uint8Array()));
});

it("an entry is found by its own key alone, so that another validator makes its own", async () => {
  const { warnings } = observe();
  const cache = new DiskCache(unmadeFolder());
  const [old, recent] = ["1.0.0", "1.0.1"].map((version) => artifactKey(STATEFUL, version));
  if (old === undefined || recent === undefined) throw new Error("there are two versions");
  const artifact = resolveComponent(decodeComponent(STATEFUL));
  await cache.write({ key: old, ...artifact });
  expect(await cache.read(recent)).toBeUndefined();
  await cache.write({ key: recent, ...artifact });
  for (const key of [old, recent]) expect(await cache.read(key)).toMatchObject({ key });
  expect(warnings).toEqual([]);
});
