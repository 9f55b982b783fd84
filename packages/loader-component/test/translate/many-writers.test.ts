import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";
import { runNode, SOURCE_FLAGS } from "./run-node.ts";
import { entryOf, entryPath, STATEFUL } from "./stateful.ts";
import { temporaryFolder, unmadeFolder } from "./temporary-folder.ts";

const PROCESSES = 4;
const TIMES = 100;
const SCRIPT = fileURLToPath(new URL("./write-often.ts", import.meta.url));

/** Processes that write one entry at once, and how what was seen of it meanwhile differs from it. */
async function writeAtOnce() {
  const entry = entryOf(STATEFUL);
  const file = join(temporaryFolder(afterAll), "entry");
  writeFileSync(file, entry);
  const folder = unmadeFolder(afterAll);
  const env = { HOME: temporaryFolder(afterAll), XDG_CACHE_HOME: temporaryFolder(afterAll) };
  const args = [...SOURCE_FLAGS, SCRIPT, folder, file, `${TIMES}`];
  let running = PROCESSES;
  const writers = Array.from({ length: PROCESSES }, async () => {
    const outcome = await runNode(args, { env });
    running -= 1;
    return outcome;
  });
  const sizes = new Map<number, number>();
  while (running > 0) {
    await turn();
    const seen = entryNow(folder);
    if (seen === undefined) continue;
    const whole = Buffer.compare(seen, entry) === 0;
    const size = whole ? entry.length : -seen.length;
    sizes.set(size, (sizes.get(size) ?? 0) + 1);
  }
  return { folder, entry, sizes, outcomes: await Promise.all(writers) };
}

function entryNow(folder: string): Uint8Array | undefined {
  try {
    return readFileSync(entryPath(folder));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

const { folder, entry, sizes, outcomes } = await writeAtOnce();

it("an entry that many processes write at once is there as a whole or not at all", () => {
  expect([...sizes.keys()]).toEqual([entry.length]);
  expect(sizes.get(entry.length)).toBeGreaterThan(20);
  expect(readdirSync(folder).map((name) => join(folder, name))).toEqual([entryPath(folder)]);
});

it("every process finds it, from its own first write on", () => {
  for (const { status, stdout } of outcomes) {
    expect(status).toBe(0);
    expect(Number(stdout)).toBeGreaterThanOrEqual(TIMES - 1);
  }
});

it("no process warns of what another does", () => {
  const warnings = outcomes.map(({ stderr }) => stderr.split("UniCacheWarning").length - 1);
  expect(warnings).toEqual(Array(PROCESSES).fill(0));
});
