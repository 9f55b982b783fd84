import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";

const index = new URL("../src/index.ts", import.meta.url).href;
const hook = new URL("../../ts-hook/register.mjs", import.meta.url).href;

it.each(["SIGINT", "SIGTERM", "SIGHUP"])("a command that %s ends leaves nothing behind", (name) => {
  const folder = mkdtempSync(join(tmpdir(), "uni-scaffold-"));
  try {
    mkdirSync(join(folder, "template"));
    writeFileSync(join(folder, "template/a"), "");
    const root = JSON.stringify(pathToFileURL(`${folder}/`).href);
    const code = `
      import { setTimeout } from "node:timers/promises";
      import { createFromTemplate, runCommand } from ${JSON.stringify(index)};
      await runCommand({ name: "new-thing", usage: "", write: (_name, { signal }) =>
        createFromTemplate({
          template: new URL("template/", ${root}),
          target: new URL("made/", ${root}),
          replacements: {},
          signal,
          finish: async () => {
            process.kill(process.pid, ${JSON.stringify(name)});
            await setTimeout(5_000, undefined, { signal });
          },
        }),
      });`;
    const flags = [
      "--disable-warning=ExperimentalWarning",
      "--conditions=@uni/source",
      `--import=${hook}`,
    ];
    const file = join(folder, "command.mjs");
    writeFileSync(file, code);
    const { status, stderr } = spawnSync(process.execPath, [...flags, file, "thing"], {
      encoding: "utf8",
      env: { ...process.env, NODE_OPTIONS: "" },
    });
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: `error: ended by ${name}; nothing is left behind\n`,
    });
    expect(readdirSync(folder).toSorted()).toEqual(["command.mjs", "template"]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
