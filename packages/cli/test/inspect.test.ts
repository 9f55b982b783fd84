import { fileURLToPath } from "node:url";
import { componentPath, fixturePath, readComponent } from "@uni/fixtures";
import { ComponentLoader } from "@uni/loader-component";
import { describe, expect, it } from "vitest";
import { cannedPlugin } from "./canned-plugin.ts";
import { cli } from "./cli.ts";
import { workFolder } from "./work-folder.ts";

const folder = workFolder();
const core = fileURLToPath(new URL("../../loader-core/guests/dist/geo.wasm", import.meta.url));
const HAVERSINE = "haversine(float64, float64, float64, float64) → float64";

describe("inspect", () => {
  it("says what a plugin of each format is, offers and wants", async () => {
    const artifact = await ComponentLoader.precompile(readComponent("geo"));
    const files = {
      "Extism plugin": fixturePath("geo"),
      component: componentPath("geo"),
      "component, precompiled": folder.write("geo.precompiled", artifact),
      "core module": core,
    };
    for (const [format, file] of Object.entries(files)) {
      const { status, stdout, stderr } = await cli(["inspect", file]);
      expect({ status, stderr }, format).toEqual({ status: 0, stderr: "" });
      expect(stdout).toMatch(new RegExp(`^  format +${format}$`, "m"));
      expect(stdout).toMatch(/^ {2}id +ai\.example\.geo$/m);
      expect(stdout).toMatch(/^ {2}wants +scalar-fn, procedure$/m);
      expect(stdout).toMatch(/^ {2}memory +\d+ pages? of 64 KiB, /m);
      expect(stdout).toMatch(/^ {2}sha256 +[0-9a-f]{64}$/m);
      expect(stdout).toContain(`  ${HAVERSINE} `);
      expect(stdout).toContain("   immutable, propagates nulls\n");
      expect(stdout).toMatch(/^procedures\n {2}nearest\(float64, float64, int32\) → \(utf8, /m);
    }
  });

  it("says it in JSON, aggregates and vectors included", async () => {
    const { status, stdout } = await cli(["inspect", fixturePath("stats"), "--json"]);
    const { format, bytes, imports, memories, functions } = JSON.parse(stdout);
    expect({ status, format }).toEqual({ status: 0, format: "extism" });
    expect(bytes).toBeGreaterThan(1000);
    expect(imports).toContainEqual({ from: "extism:host/env", name: "output_set" });
    expect(memories).toEqual([{ initialPages: expect.any(Number), imported: false }]);
    expect(functions.map(({ name, kind }: { name: string; kind: string }) => [name, kind])).toEqual(
      [
        ["ai.example.stats.weighted_mean", "aggregate"],
        ["ai.example.stats.weighted_variance", "aggregate"],
        ["ai.example.stats.quantile", "aggregate"],
      ],
    );
    const vectors = await cli(["inspect", fixturePath("vec")]);
    expect(vectors.stdout).toContain("dot(vector<float64, 3>, vector<float64, 3>) → float64");
  });

  it("names the interfaces that a component imports, and not its types", async () => {
    const { stdout } = await cli(["inspect", componentPath("probe"), "--json"]);
    const { imports } = JSON.parse(stdout);
    expect(imports).toContainEqual({ from: "uni:plugin/host-log@0.1.0" });
    expect(imports).not.toContainEqual({ from: "fn-error" });
  });

  it("looks at a plugin whose host functions nobody has here", async () => {
    const bytes = await cannedPlugin(
      { kind: "echo" },
      { extraImports: [{ module: "extism:host/user", name: "lookup_rate" }] },
    );
    const file = folder.write("rates.wasm", bytes);
    const { status, stdout, stderr } = await cli(["inspect", file]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/extism:host\/user: lookup_rate$/m);
    expect(stdout).toContain("f(float64) → float64");
  });

  it("says what it can of a plugin that does not load, why it does not, and fails", async () => {
    const file = folder.write("old.wasm", await cannedPlugin({ kind: "echo" }, { manifest: "{}" }));
    const { status, stdout, stderr } = await cli(["inspect", file]);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^ {2}format +Extism plugin$/m);
    expect(stderr).toMatch(/^error: the manifest is not valid: id: /);
    const { error } = JSON.parse((await cli(["inspect", file, "--json"])).stdout);
    expect(error).toMatch(/^the manifest is not valid/);
  });

  it("refuses what is no plugin in one line that says what it is", async () => {
    const refused = async (name: string, content: string | Uint8Array) => {
      const { status, stdout, stderr } = await cli(["inspect", folder.write(name, content)]);
      expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
      return stderr;
    };
    const empty = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
    expect(await refused("a.wasm", "")).toMatch(/^error: cannot read .*: it is empty\n$/);
    expect(await refused("b.wasm", "hello")).toMatch(/no WebAssembly, and starts with 68 65 6c/);
    expect(await refused("c.wat", "(module)")).toMatch(/it is WebAssembly text\nhint: assemble/);
    expect(await refused("d.wasm", empty)).toMatch(/does not export manifest and register/);
    const cut = (await cannedPlugin({ kind: "echo" })).subarray(0, 60);
    expect(await refused("e.wasm", cut)).toMatch(/^error: .* is not valid WebAssembly: .*\nhint: /);
    const missing = await cli(["inspect", folder.at("none.wasm")]);
    expect(missing.stderr).toMatch(/^error: cannot read .*none\.wasm: there is no such file/);
    expect((await cli(["inspect", folder.path])).stderr).toMatch(/: it is a folder\n$/);
  });

  it("reads a plugin from the standard input", async () => {
    const stdin = await cannedPlugin({ kind: "echo" });
    const { status, stdout } = await cli(["inspect", "-"], { stdin });
    expect(status).toBe(0);
    expect(stdout).toContain("ai.example.canned");
  });
});
