import { fixturePath } from "@uni/fixtures";
import { describe, expect, it } from "vitest";
import { cannedPlugin } from "./canned-plugin.ts";
import { cli } from "./cli.ts";
import { workFolder } from "./work-folder.ts";

const folder = workFolder();

describe("check", () => {
  it("ticks off every check of a plugin that keeps the contract", async () => {
    const { status, stdout, stderr } = await cli(["check", fixturePath("vec"), "--rows", "2"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const lines = stdout.trimEnd().split("\n");
    expect(lines[0]).toBe(fixturePath("vec"));
    expect(lines.slice(1, -1).every((line) => /^ {2}✔ .* \(\S+\)$/.test(line))).toBe(true);
    expect(lines.at(-1)).toMatch(/^\d\d passed, 0 failed$/);
  });

  it("fails where a check does, says what was found, and gives the report as JSON", async () => {
    const file = folder.write("trap.wasm", await cannedPlugin({ kind: "trap" }));
    const { status, stdout } = await cli(["check", file, "--rows", "2"], { isTerminal: true });
    expect(status).toBe(1);
    expect(stdout).toContain("\u001b[31m  ✖\u001b[39m answers no rows");
    expect(stdout).toMatch(/\n {6}expected .*, got /);
    expect(stdout).toContain(`\u001b[31m${stdout.match(/\d+ passed/)?.[0]}`);
    const json = await cli(["check", file, "--rows", "2", "--json"]);
    const report = JSON.parse(json.stdout);
    expect({ status: json.status, format: report.format, subject: report.subject }).toEqual({
      status: 1,
      format: 1,
      subject: file,
    });
    expect(report.failed).toBeGreaterThan(0);
    expect(report.checks).toHaveLength(report.passed + report.failed + report.exempt);
  });

  it("fails for a plugin that does not load", async () => {
    const file = folder.write(
      "none.wasm",
      await cannedPlugin({ kind: "echo" }, { manifest: "{}" }),
    );
    const { status, stdout } = await cli(["check", file]);
    expect(status).toBe(1);
    expect(stdout).toContain("the manifest is not valid");
  });

  it("ends with its signal", async () => {
    const ended = new AbortController();
    const file = folder.write("loop.wasm", await cannedPlugin({ kind: "loop" }));
    const checking = cli(["check", file], { signal: ended.signal });
    setTimeout(() => ended.abort(), 300);
    expect((await checking).status).toBe(130);
  });
});
