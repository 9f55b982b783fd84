import { readFileSync } from "node:fs";
import { fixturePath, readComponent } from "@uni/fixtures";
import { describe, expect, it } from "vitest";
import { cli } from "./cli.ts";
import { workFolder } from "./work-folder.ts";

const folder = workFolder();

describe("precompile", () => {
  it("writes beside a component what loads in its place", async () => {
    const file = folder.write("vec.component.wasm", readComponent("vec"));
    const { status, stdout, stderr } = await cli(["precompile", file]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const output = folder.at("vec.component.precompiled");
    expect(stdout).toMatch(new RegExp(`^${output} {2}[\\d,]+ bytes\n$`));
    const dot = await cli(["call", output, "dot", "[1,2,3]", "[4,5,6]"]);
    expect(dot.stdout).toBe("32\n");
    const named = await cli(["precompile", file, "-o", folder.at("x"), "--json"]);
    const report = { file, output: folder.at("x"), bytes: readFileSync(output).length };
    expect(JSON.parse(named.stdout)).toEqual(report);
    const again = await cli(["precompile", output]);
    expect(again).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(
        /^error: .* needs no precompiling: it is precompiled already\n$/,
      ),
    });
  });

  it("says of other formats that they need none", async () => {
    const { status, stderr } = await cli(["precompile", fixturePath("geo")]);
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /^error: .* needs no precompiling: it is of the format Extism plugin\n$/,
    );
  });

  it("leaves nothing where the component is not valid", async () => {
    const bytes = readComponent("vec");
    const file = folder.write("bad.wasm", bytes.fill(0xff, bytes.length - 40));
    const { status, stderr } = await cli(["precompile", file, "-o", folder.at("bad")]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: .*\n(hint: .*\n)?$/);
    expect(folder.names()).not.toContain("bad");
  });
});
