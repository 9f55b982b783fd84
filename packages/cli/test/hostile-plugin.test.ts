import { printable } from "@uni/plugin";
import { describe, expect, it } from "vitest";
import { printableJson, printableLines } from "../src/terminal/printable.ts";
import { cannedPlugin, echoPlugin } from "./canned-plugin.ts";
import { cli } from "./cli.ts";
import { workFolder } from "./work-folder.ts";

const folder = workFolder();
// Sets a title, clears the screen, forges a line, rings, is CSI in one byte, turns text around.
const HOSTILE =
  "\u001b]0;pwned\u0007\u001b[2Jok\r\nerror: forged\u009b31m\u202egnp.exe\u200b\u2028";
/** What may reach a terminal: text, line feeds, and colours of the command itself. */
const CONTROLS = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what colours consist of.
const COLOURS = /\u001b\[\d+m/g;
const harmless = ({ stdout, stderr }: { stdout: string; stderr: string }) =>
  CONTROLS.exec((stdout + stderr).replace(COLOURS, ""))?.[0];

const manifest = JSON.stringify({
  id: "ai.example.canned",
  version: "1.0.0",
  "abi-extism": "^1",
  capabilities: ["scalar-fn"],
  description: HOSTILE,
});

describe("what a plugin says reaches no terminal as it is:", () => {
  it("its description and the names of its imports, in text and in JSON", async () => {
    const options = { manifest, extraImports: [{ module: HOSTILE, name: HOSTILE }] };
    const file = folder.write("a.wasm", await cannedPlugin({ kind: "echo" }, options));
    const described = folder.write("b.wasm", await cannedPlugin({ kind: "echo" }, { manifest }));
    for (const isTerminal of [true, false]) {
      const refused = await cli(["inspect", file], { isTerminal });
      expect(refused.stdout).toContain("\\u{1b}]0;pwned\\u{7}");
      expect(refused.stderr).toContain("the module imports what no Extism host");
      expect(harmless(refused)).toBeUndefined();
      const shown = await cli(["inspect", described], { isTerminal });
      expect(shown.stdout).toContain(
        "\\u{1b}]0;pwned\\u{7}\\u{1b}[2Jok\\r\\nerror: forged\\u{9b}31m",
      );
      expect(harmless(shown)).toBeUndefined();
      const json = await cli(["inspect", described, "--json"], { isTerminal });
      expect(JSON.parse(json.stdout).description).toBe(HOSTILE);
      expect(harmless(json)).toBeUndefined();
    }
  });

  it("what its functions report, and what checks find", async () => {
    const fail = { kind: "fail", status: 3, message: HOSTILE } as const;
    const file = folder.write("c.wasm", await cannedPlugin(fail));
    const reported = await cli(["call", file, "f", "1", "--debug"], { isTerminal: true });
    expect(reported.stderr).toContain("\\u{1b}]0;pwned");
    expect(harmless(reported)).toBeUndefined();
    const trap = folder.write("d.wasm", await cannedPlugin({ kind: "trap", message: HOSTILE }));
    const checked = await cli(["check", trap, "--rows", "2"], { isTerminal: true });
    expect(checked.status).toBe(1);
    expect(checked.stdout).toContain("pwned");
    expect(harmless(checked)).toBeUndefined();
  });

  it("the values that it gives, which a pipe gets as they are", async () => {
    const file = folder.write("e.wasm", await echoPlugin({ kind: "primitive", arrow: "utf8" }));
    const input = folder.write("e.json", JSON.stringify([{ [HOSTILE]: HOSTILE }]));
    for (const format of ["table", "csv", "json"]) {
      const shown = await cli(["call", file, "f", "-i", input, "-f", format], { isTerminal: true });
      expect(shown.status, format).toBe(0);
      expect(shown.stdout, format).toContain("pwned");
      expect(harmless(shown), format).toBeUndefined();
    }
    const one = ["call", file, "f", JSON.stringify(HOSTILE)];
    expect(harmless(await cli(one, { isTerminal: true }))).toBeUndefined();
    expect((await cli(one)).stdout).toBe(`${HOSTILE}\n`);
  });

  it("and what is in a file of the user's", async () => {
    const file = folder.write("f.wasm", await echoPlugin({ kind: "primitive", arrow: "float64" }));
    const input = folder.write(
      "f.csv",
      `"${HOSTILE.replace("\r\n", "")}"\n"${HOSTILE.replace("\r\n", "")}"\n`,
    );
    const shown = await cli(["call", file, "f", "-i", input], { isTerminal: true });
    expect(shown.status).toBe(1);
    expect(shown.stderr).toContain("pwned");
    expect(harmless(shown)).toBeUndefined();
  });
});

describe("text is made printable", () => {
  it("by escapes, without losing what it says", () => {
    expect(printable("a\tb\n\u{1f600}é\ud800")).toBe("a\\tb\\n\u{1f600}é\\u{d800}");
    expect(printable("x".repeat(5000))).toHaveLength(4001);
    expect(printableLines("a\n\tb\u0007")).toBe("a\n  b\\u{7}");
    expect(JSON.parse(printableJson(JSON.stringify(HOSTILE)))).toBe(HOSTILE);
    expect(JSON.parse(printableJson('"\u{e0001}"'))).toBe("\u{e0001}");
  });
});
