import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { fixturePath } from "@uni/fixtures";
import { describe, expect, it } from "vitest";
import { cannedPlugin } from "./canned-plugin.ts";
import { MAIN, outcome, SOURCE_FLAGS, start } from "./cli.ts";
import { workFolder } from "./work-folder.ts";

const folder = workFolder();
const geo = fixturePath("geo");
const rows = Array.from({ length: 60_000 }, (_, i) => `${i % 90},${i % 80},${i % 70},${i % 60}\n`);
const many = folder.write("many.csv", `a,b,c,d\n${rows.join("")}`);

/** Waits until a file is being written beside `name`. */
async function untilHalfWritten(name: string): Promise<void> {
  while (!folder.names().some((other) => other.startsWith(`.${name}.`))) await setTimeout(20);
}

describe("the process", () => {
  it("ends with 130 on Ctrl-C in the middle of a call, and leaves no output", async () => {
    const loop = folder.write("loop.wasm", await cannedPlugin({ kind: "loop" }));
    const child = start(["call", loop, "f", "1", "-o", folder.at("out.csv")]);
    const ending = outcome(child);
    await untilHalfWritten("out.csv");
    child.kill("SIGINT");
    expect(await ending).toEqual({ status: 130, stdout: "", stderr: "" });
    expect(folder.names().filter((name) => name.includes("out.csv"))).toEqual([]);
  });

  it("ends with 130 on Ctrl-C in the middle of a query, and leaves no output", async () => {
    const query = "SELECT max(a.x * b.x) FROM range(10000000) a(x), range(10000000) b(x)";
    const child = start(["sql", geo, query, "-o", folder.at("sum.parquet")]);
    const ending = outcome(child);
    await untilHalfWritten("sum.parquet");
    child.kill("SIGINT");
    expect(await ending).toEqual({ status: 130, stdout: "", stderr: "" });
    expect(folder.names().filter((name) => name.includes("sum.parquet"))).toEqual([]);
  });

  it("ends quietly when nobody reads on, as with head", async () => {
    const commands = [
      ["call", geo, "haversine", "-i", many, "-f", "ndjson"],
      ["check", geo],
    ];
    await Promise.all(
      commands.map(async (args) => {
        const child = start(args);
        const ending = outcome(child);
        await once(child.stdout, "data");
        child.stdout.destroy();
        const { status, stderr } = await ending;
        expect({ status, stderr }, args[0]).toEqual({ status: 0, stderr: "" });
      }),
    );
  });

  it.runIf(existsSync("/dev/full"))("says in a line that the disk is full", () => {
    // The shell opens the device as the output of the process.
    const command = [process.execPath, ...SOURCE_FLAGS, MAIN, "inspect", geo];
    const shell = ["-c", `"$@" > /dev/full`, "sh", ...command];
    const { status, stderr } = spawnSync("sh", shell, {
      encoding: "utf8",
      env: { ...process.env, NODE_OPTIONS: "" },
    });
    expect(stderr).toBe(
      "error: cannot write to the standard output: no space is left on the device\n",
    );
    expect(status).toBe(1);
  });

  it("exits with the status of its command, and without a stack", async () => {
    const [failed, misused] = await Promise.all([
      outcome(start(["call", geo, "haversine"], { cwd: folder.path })),
      outcome(start(["cal"], { cwd: folder.path })),
    ]);
    expect(failed).toMatchObject({ status: 1, stdout: "" });
    expect(failed.stderr).toMatch(/^error: .*\n$/);
    expect(misused).toMatchObject({ status: 2, stdout: "" });
    // What other tests of this file wrote, and nothing else.
    expect(readdirSync(folder.path).filter((name) => name.startsWith("."))).toEqual([]);
  });
});
