import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Artifact } from "../../../packages/loader-component/src/artifact/artifact.ts";
import { decodeComponent } from "../../../packages/loader-component/src/binary/decode-component.ts";
import { resolveComponent } from "../../../packages/loader-component/src/plan/resolve.ts";
import { artifactKey } from "../../../packages/loader-component/src/translate/artifact-key.ts";
import { DiskCache } from "../../../packages/loader-component/src/translate/disk-cache.ts";
import { validatorVersion } from "../../../packages/loader-component/src/translate/validator.ts";

/** A cache of this run alone. */
export const COMPONENT_CACHE: string = mkdtempSync(join(tmpdir(), "uni-parity-"));
process.once("exit", () => rmSync(COMPONENT_CACHE, { recursive: true, force: true }));

const cache = new DiskCache(COMPONENT_CACHE);

/**
 * Takes a component apart in this thread. That it is valid is known of those that this suite makes;
 * to validate every one would take most of the suite's time.
 */
export async function takenApart(component: Uint8Array): Promise<Artifact> {
  return {
    key: artifactKey(component, validatorVersion()),
    ...resolveComponent(decodeComponent(component)),
  };
}

/** Lets a loader find out that it knows a component already. */
export async function keepTakenApart(component: Uint8Array): Promise<void> {
  await cache.write(await takenApart(component));
}
