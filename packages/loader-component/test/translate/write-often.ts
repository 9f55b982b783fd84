import { readFileSync } from "node:fs";
import { readArtifact } from "../../src/artifact/read-artifact.ts";
import { DiskCache } from "../../src/translate/disk-cache.ts";

// Run as a process: writes one entry again and again, and reads it in between; prints how often it
// found one.

const [folder = "", file = "", times = "0"] = process.argv.slice(2);
const artifact = readArtifact(new Uint8Array(readFileSync(file)));
let found = 0;
for (let i = 0; i < Number(times); i++) {
  const cache = new DiskCache(folder);
  if ((await cache.read(artifact.key)) !== undefined) found += 1;
  await cache.write(artifact);
}
process.stdout.write(JSON.stringify(found));
