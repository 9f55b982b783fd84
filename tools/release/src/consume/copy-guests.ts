import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";

/** The plugins that examples read, by the names that READMEs give them, and where a build has them. */
const GUESTS = {
  "geo.wasm": "tools/fixtures/dist/guests/geo.wasm",
  "geo.component.wasm": "tools/fixtures/dist/components/geo.wasm",
  "geo.core.wasm": "packages/loader-core/guests/dist/geo.wasm",
} as const;

export async function copyGuests(root: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const [name, built] of Object.entries(GUESTS)) {
    await copyFile(join(root, built), join(to, name));
  }
}
