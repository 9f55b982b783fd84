// Plugins that would work, but for a name: the name is what they are refused for, and nothing else.
import { PluginRegistry } from "@uni/plugin";
import { describe, expect, it } from "vitest";
import { doubles } from "../batch-of.ts";
import { loaderOf, refusal } from "../load.ts";
import { type WatPlugin, watPlugin } from "../wat-plugin.ts";
import { type CoreNames, completePlugin } from "./complete-plugin.ts";
import { PAYLOAD } from "./naive-jco.ts";
import { unharmed } from "./unharmed.ts";

async function echoed(bytes: Uint8Array): Promise<unknown[]> {
  const registry = new PluginRegistry();
  await loaderOf().load(bytes, { registry });
  return [...(await registry.scalar("ai.example.named.echo").invoke(doubles([1, 2])))];
}

describe.concurrent("a plugin with harmless names", () => {
  it("works", async () => {
    expect(await echoed(await completePlugin())).toEqual([1, 2]);
  });

  // Keys of objects, members of functions and promises, and code without a quote: all are names.
  const odd = ["__proto__", "constructor", "then", "", `];${PAYLOAD};//`, "x".repeat(512)];
  for (const name of odd) {
    it(`works as well where all of them are odd: ${name.slice(0, 32)}`, async () => {
      const names = {
        memory: name,
        realloc: `${name} `,
        postReturn: `${name} 2`,
        call: `${name} 3`,
      };
      const imported = { importModule: name, importField: name, passedOn: name };
      const bytes = await completePlugin({ ...clipped(names), ...imported });
      expect(await unharmed(() => echoed(bytes))).toEqual([1, 2]);
    });
  }
});

/** Of a name with something behind it, not more than a name may have. */
function clipped(names: Partial<CoreNames>): Partial<CoreNames> {
  return Object.fromEntries(Object.entries(names).map(([key, name]) => [key, name.slice(-512)]));
}

describe.concurrent("a plugin with an evil name", () => {
  const EVIL = `x']??(${PAYLOAD})??['`;
  const routes: [keyof CoreNames, string][] = [
    ["call", "core export"],
    ["memory", "core export"],
    ["realloc", "core export"],
    ["postReturn", "core export"],
    ["passedOn", "core export"],
    ["importModule", "core import"],
    ["importField", "core export"],
    ["unused", "core export"],
  ];
  for (const [route, what] of routes) {
    it(`is refused for it: ${route}`, async () => {
      const bytes = await completePlugin({ [route]: EVIL });
      const error = await unharmed(() => refusal(bytes, {}, loaderOf()));
      expect(error).toMatchObject({
        code: "INVALID_PLUGIN",
        message: `the component is malformed: the name of a ${what} ${JSON.stringify(EVIL)} is not printable ASCII without quotes and backslashes, of at most 512 characters`,
      });
    });
  }

  const evils: [string, string, RegExp][] = [
    ["a double quote", `";${PAYLOAD};//`, /"\\";globalThis\.PWNED=1;\/\/" is not printable/],
    ["a backtick", `\`\${${PAYLOAD}}`, /"`\$\{globalThis\.PWNED=1\}" is not printable/],
    ["a backslash at its end", "a\\", /"a\\\\" is not printable/],
    ["a line break", `a\n${PAYLOAD}`, /is not printable/],
    ["a line separator of JavaScript", `a\u2028${PAYLOAD}`, /is not printable/],
    ["an escape of the terminal", "\u001b[2J", /"\\u001b\[2J" is not printable/],
    ["a zero", "a\u0000b", /is not printable/],
    ["characters of another script", "mеmory", /is not printable/],
    ["513 characters", "x".repeat(513), /"x{40}" … is not printable/],
  ];
  for (const [what, name, message] of evils) {
    it(`is refused for ${what}, which the message shows harmlessly`, async () => {
      const bytes = await completePlugin({ memory: name });
      const error = await unharmed(() => refusal(bytes, {}, loaderOf()));
      expect(error.code).toBe("INVALID_PLUGIN");
      expect(error.message).toMatch(message);
      // Of control characters, none is printed as it is.
      expect([...error.message].every((c) => c >= " " && c !== "\u007f")).toBe(true);
    });
  }
});

describe.concurrent("a plugin that imports members of the host's objects", () => {
  const importing = (from: string, name: string): WatPlugin => ({
    world: `import %${from}: interface { %${name}: func(bytes: list<u8>) -> list<u8>; }`,
    imports: `(import "${from}" "${name}" (func (param i32 i32 i32)))`,
    body: "(i32.const 0)",
  });
  for (const [from, name] of [
    ["constructor", "constructor"],
    ["constructor", "is"],
    ["prototype", "to-string"],
    ["get", "has-own-property"],
  ] as const) {
    it(`is told that nobody provides them: ${from}#${name}`, async () => {
      const bytes = await watPlugin(importing(from, name));
      const error = await unharmed(() => refusal(bytes));
      expect(error).toMatchObject({
        code: "INSTANTIATE",
        message: `the plugin imports host functions that this host does not have: ${from}#${name}`,
      });
    });
  }

  it("is told so for a function of a known interface as well", async () => {
    for (const name of ["constructor", "to-string", "value-of"]) {
      const bytes = await watPlugin({
        world: "import uni:plugin/host-log@0.1.0;",
        packages: `package uni:plugin@0.1.0 { interface host-log { %${name}: func(); } }`,
        imports: `(import "uni:plugin/host-log@0.1.0" "${name}" (func))`,
        body: "(i32.const 0)",
      });
      const error = await refusal(bytes);
      expect(error.code).toBe("INSTANTIATE");
      expect(error.message).toContain(`uni:plugin/host-log@0.1.0#${name}`);
    }
  });
});
