// The attacks are real: a host that only instantiates and calls is held by them.
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { ATTACKS, attackScenario } from "@uni/conformance";
import { expect, it } from "vitest";
import { guestOf } from "../conformance/guest-of.ts";

const CHILD = fileURLToPath(new URL("naive-host.worker.ts", import.meta.url));

it("no guest whose call times out would have ended by itself", async () => {
  const endless = ATTACKS.filter(
    ({ code, at = "call", needs }) =>
      code === "TIMEOUT" && at === "call" && (needs === undefined || WebAssembly.validate(needs)),
  );
  const folder = await mkdtemp(join(tmpdir(), "uni-naive-"));
  try {
    const paths = await Promise.all(
      endless.map(async (attack, i) => {
        const path = join(folder, `${i}.wasm`);
        const { text } = attackScenario(attack);
        if (text === undefined) throw new Error("an attack is a text");
        await writeFile(path, await guestOf(text));
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
