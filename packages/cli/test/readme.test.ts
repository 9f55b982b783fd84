import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { delimiter } from "node:path";
import { componentPath, fixturePath } from "@uni/fixtures";
import { beforeAll, describe, expect, it } from "vitest";
import { MAIN, SOURCE_FLAGS } from "./cli.ts";
import { workFolder } from "./work-folder.ts";

const folder = workFolder();
const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

/** Each block of commands, with the text right behind it that shows what they print. */
const examples = [
  ...readme.matchAll(/^```sh\n([\s\S]*?)^```\n(?:\n```text\n([\s\S]*?)^```)?/gm),
].flatMap(([, commands = "", printed]) =>
  // What installs packages is not for a test.
  commands.startsWith("npm install") ? [] : [{ commands, printed }],
);

beforeAll(() => {
  copyFileSync(fixturePath("geo"), folder.at("geo.wasm"));
  copyFileSync(fixturePath("stats"), folder.at("stats.wasm"));
  copyFileSync(componentPath("geo"), folder.at("geo.component.wasm"));
  mkdirSync(folder.at("bin"));
  const quoted = [process.execPath, ...SOURCE_FLAGS, MAIN].map((word) => `'${word}'`).join(" ");
  chmodSync(folder.write("bin/uni-wasm", `#!/bin/sh\nexec ${quoted} "$@"\n`), 0o755);
});

describe("the README's commands", () => {
  it.each(examples)("$commands", ({ commands, printed }) => {
    const path = `${folder.at("bin")}${delimiter}${process.env.PATH}`;
    const { status, stdout, stderr } = spawnSync("sh", ["-e", "-c", commands], {
      cwd: folder.path,
      encoding: "utf8",
      env: { ...process.env, PATH: path, NODE_OPTIONS: "" },
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    if (printed !== undefined) expect(stdout).toMatch(patternOf(printed));
  });
});

/** A line of an example may end in `…`, for what changes with the plugin. */
function patternOf(printed: string): RegExp {
  const escaped = printed.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("…\n", ".*\n")}$`);
}
