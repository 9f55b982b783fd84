// The attacks are real: a host that only instantiates and calls is held by them.
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { ATTACKS } from "@uni/loader-tests/hostile";
import { expect, it } from "vitest";
import { hostilePlugin } from "./hostile-plugin.ts";

const CHILD = fileURLToPath(new URL("naive-host.worker.ts", import.meta.url));

it("no guest whose call times out would have ended by itself", async () => {
  const endless = ATTACKS.filter(
    ({ code, at = "call", only = "extism", needs }) =>
      code === "TIMEOUT" &&
      at === "call" &&
      only === "extism" &&
      (needs === undefined || WebAssembly.validate(needs)),
  );
  const folder = await mkdtemp(join(tmpdir(), "uni-naive-"));
  try {
    const paths = await Promise.all(
      endless.map(async (attack, i) => {
        const path = join(folder, `${i}.wasm`);
        await writeFile(path, await hostilePlugin(attack));
        return path;
      }),
    );
    const child = spawn(process.execPath, [...process.execArgv, CHILD, ...paths], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const ended: string[] = JSON.parse(await text(child.stdout));
    expect(ended.map((path) => endless[paths.indexOf(path)]?.name)).toEqual([]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
