import { fixturePath } from "@uni/fixtures";
import { describe, expect, it } from "vitest";
import { cli } from "./cli.ts";

const COMMANDS = ["inspect", "check", "call", "sql", "bench", "precompile"];

describe("uni-wasm", () => {
  it("has help with examples, for itself and each command, and a version", async () => {
    const help = await cli(["--help"]);
    expect(help).toMatchObject({ status: 0, stderr: "" });
    for (const command of COMMANDS) {
      expect(help.stdout).toMatch(new RegExp(`^  ${command} `, "m"));
      const own = await cli([command, "--help"]);
      expect(own).toMatchObject({ status: 0, stderr: "" });
      expect(own.stdout).toContain(`\nExamples:\n  uni-wasm ${command} `);
      for (const option of ["--json", "--debug"]) expect(own.stdout).toContain(option);
      expect((await cli(["help", command])).stdout).toBe(own.stdout);
    }
    expect((await cli(["--version"])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it("exits with 2 and a hint for what it does not understand", async () => {
    const none = await cli([]);
    expect(none).toMatchObject({
      status: 2,
      stdout: "",
      stderr: expect.stringContaining("Usage:"),
    });
    expect(await cli(["inspct", "x"])).toEqual({
      status: 2,
      stdout: "",
      stderr: "error: unknown command 'inspct'\n(Did you mean inspect?)\n",
    });
    const option = await cli(["inspect", "x", "--jsn"]);
    expect(option).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("Did you mean --json?"),
    });
    expect((await cli(["inspect"])).status).toBe(2);
    const grant = await cli(["call", fixturePath("geo"), "haversine", "--grant", "Not a name"]);
    expect(grant).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("expected a capability name"),
    });
    const where = await cli(["call", "x", "f", "--isolation", "nowhere"]);
    expect(where).toMatchObject({ status: 2, stderr: expect.stringContaining("thread, inline") });
  });

  it("shows a stack with --debug alone, and that of the cause", async () => {
    const args = ["call", fixturePath("geo"), "haversine", "a", "2", "3", "4"];
    expect((await cli(args)).stderr).not.toMatch(/^ {4}at /m);
    const { stderr } = await cli([...args, "--debug"]);
    expect(stderr).toMatch(/^error: argument 1 .*\nhint: .*\nCliError: argument 1 .*\n {4}at /);
    expect(stderr).toMatch(/^caused by Error: a number such as/m);
  });

  it("has colours on a terminal alone, and none where they are not wanted", async () => {
    const inspect = ["inspect", fixturePath("geo")];
    const isColoured = ({ stdout }: { stdout: string }) => stdout.includes("\u001b[");
    expect(isColoured(await cli(inspect, { isTerminal: true }))).toBe(true);
    expect(isColoured(await cli(inspect))).toBe(false);
    expect(isColoured(await cli(inspect, { isTerminal: true, env: { NO_COLOR: "1" } }))).toBe(
      false,
    );
    expect(isColoured(await cli(inspect, { isTerminal: true, env: { TERM: "dumb" } }))).toBe(false);
    const failure = await cli(["inspect", "none.wasm"], { isTerminal: true });
    expect(failure.stderr).toContain("\u001b[31merror:\u001b[39m cannot read none.wasm");
  });
});
