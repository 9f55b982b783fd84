import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readComponent } from "@uni/fixtures";
import { expect } from "vitest";
import { encodeArtifact } from "../../src/artifact/artifact.ts";
import { decodeComponent } from "../../src/binary/decode-component.ts";
import { ComponentLoader } from "../../src/index.ts";
import { resolveComponent } from "../../src/plan/resolve.ts";
import { artifactKey } from "../../src/translate/artifact-key.ts";
import { validatorVersion } from "../../src/translate/validator.ts";
import { ONE } from "../batch-of.ts";

/** The component of these tests. */
export const STATEFUL: Uint8Array<ArrayBuffer> = readComponent("stateful");

/** Loads it, calls it, and sees that it is the one that it should be. */
export async function expectToRun(
  loader: Pick<ComponentLoader, "load">,
  component: Uint8Array = STATEFUL,
): Promise<void> {
  await using plugin = await loader.load(component);
  expect(plugin.id).toBe("ai.example.stateful");
  expect([...((await plugin.scalars[0]?.invoke(ONE)) ?? [])]).toEqual([1]);
}

/** Loads it with a new loader, which remembers nothing but what is in the folder. */
export async function expectToRunWith(cache: string | false): Promise<void> {
  await expectToRun(new ComponentLoader({ isolation: "inline", cache }));
}

/**
 * The entry of a component that is known to be valid: taken apart in this thread, which is faster than
 * a thread that validates it first.
 */
export function entryOf(component: Uint8Array): Uint8Array<ArrayBuffer> {
  const key = artifactKey(component, validatorVersion());
  return encodeArtifact({ key, ...resolveComponent(decodeComponent(component)) });
}

/** Where a cache in the folder has its entry of the component. */
export function entryPath(folder: string, component: Uint8Array = STATEFUL): string {
  const name = createHash("sha256")
    .update(artifactKey(component, validatorVersion()))
    .digest("hex");
  return join(folder, `${name}.unicmp`);
}

/** Puts bytes where a cache in the folder has its entry of the component. */
export function plant(folder: string, bytes: Uint8Array): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = entryPath(folder);
  writeFileSync(path, bytes, { mode: 0o600 });
  return path;
}
