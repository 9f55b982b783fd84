import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { assembleWat } from "@uni/fixtures";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { harden } from "../../../src/index.ts";
import { exported, functionType, moduleOf, sleb } from "./module-of.ts";

const LIMITS = { memoryPages: 16_384, tableElements: 2 ** 20, heapBytes: 2 ** 28 };
const CHILD = fileURLToPath(new URL("interrupt.worker.ts", import.meta.url));
const LIMIT_MS = 50;
// Each naive module would take minutes. It is given longer, so that its code runs before the limit.
const NAIVE_LIMIT_MS = 400;
const SOON_MS = 2000;
const SIZE = 64 * 2 ** 20;

const FILL = `(memory.fill (i32.const 0) (i32.const 1) (i32.const ${SIZE}))`;
const endless = (fields: string, body: string) =>
  `(module ${fields} (func (export "f") (loop ${body} (br 0))))`;
const TABLE = "(table 1000000 funcref)";
const MEGABYTE = `"${"x".repeat(2 ** 20)}"`;

const NAIVE: Readonly<Record<string, string>> = {
  "memory.fill": endless("(memory 1024)", FILL),
  "straight memory.fill": `(module (memory 1024) (func (export "f") ${FILL.repeat(5000)}))`,
  "table.copy": endless(TABLE, "(table.copy 0 0 (i32.const 0) (i32.const 1) (i32.const 999999))"),
};
const GUESTS: Readonly<Record<string, string>> = {
  ...NAIVE,
  "one large memory.fill": endless(
    "(memory 16384)",
    "(memory.fill (i32.const 0) (i32.const 1) (i32.const 1073741824))",
  ),
  "short memory.copy": endless(
    "(memory 1)",
    "(memory.copy (i32.const 0) (i32.const 1) (i32.const 1024))".repeat(10),
  ),
  "memory.copy": endless(
    "(memory 1024)",
    `(memory.copy (i32.const 0) (i32.const 1) (i32.const ${SIZE - 1}))`,
  ),
  "memory.copy from the end": endless(
    "(memory 1024)",
    `(memory.copy (i32.const 1) (i32.const 0) (i32.const ${SIZE - 1}))`,
  ),
  "memory.init": endless(
    `(memory 1024) (data ${MEGABYTE})`,
    "(memory.init 0 (i32.const 0) (i32.const 0) (i32.const 1048576))".repeat(10),
  ),
  "memory.grow": endless("(memory 1)", "(drop (memory.grow (i32.const 0)))"),
  "table.fill": endless(TABLE, "(table.fill 0 (i32.const 0) (ref.null func) (i32.const 1000000))"),
  "table.grow": endless("(table 1 funcref)", "(drop (table.grow 0 (ref.null func) (i32.const 0)))"),
  "table.init": endless(
    `${TABLE} (func $e) (elem func ${"$e ".repeat(10_000)})`,
    "(table.init 0 (i32.const 0) (i32.const 0) (i32.const 10000))",
  ),
};

/** array.fill and array.copy of 8 MB in a loop. */
function arrays(): Uint8Array<ArrayBuffer> {
  const length = [0x41, ...sleb(2 ** 20)];
  const body = [
    [...length, 0xfb, 7, 1, 0x21, 0, 0x03, 0x40],
    [0x20, 0, 0x41, 0, 0x42, 1, ...length, 0xfb, 16, 1],
    [0x20, 0, 0x41, 0, 0x20, 0, 0x41, 0, ...length, 0xfb, 17, 1, 1],
    [0x0c, 0, 0x0b],
  ];
  return moduleOf({
    types: [functionType([], []), [0x5e, 0x7e, 1]],
    functions: [0],
    exports: [exported("f", 0, 0)],
    bodies: [[1, 1, 0x63, 1, ...body.flat(), 0x0b]],
  });
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "uni-interrupt-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The times that a child needs for the modules; undefined where it had to be killed. */
async function run(
  mode: "deadline" | "terminate",
  limitMs: number,
  modules: Readonly<Record<string, Uint8Array>>,
): Promise<number[] | undefined> {
  const paths = Object.entries(modules).map(([name, bytes], i) => {
    const path = join(folder, `${mode} ${name} ${i} ${bytes.length}.wasm`);
    writeFileSync(path, bytes);
    return path;
  });
  const child = spawn(
    process.execPath,
    [...process.execArgv, CHILD, mode, String(limitMs), ...paths],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  let output = "";
  let killer: NodeJS.Timeout | undefined;
  child.stdout.setEncoding("utf8").on("data", (text) => {
    output += text;
    killer ??= setTimeout(() => child.kill("SIGKILL"), SOON_MS * paths.length);
  });
  const status = await new Promise((resolve) => child.on("close", resolve));
  clearTimeout(killer);
  expect(output).toMatch(/^started\n/);
  return status === 0 ? output.trim().split("\n").slice(1).map(Number) : undefined;
}

async function hardened(): Promise<Record<string, Uint8Array>> {
  const modules: Record<string, Uint8Array> = {};
  for (const [name, wat] of Object.entries(GUESTS)) {
    modules[name] = harden(await assembleWat(wat), LIMITS);
  }
  if (WebAssembly.validate(arrays())) modules.arrays = harden(arrays(), LIMITS);
  return modules;
}

describe("bulk operations without end", () => {
  it.each(["deadline", "terminate"] as const)("are ended at once, by %s", async (mode) => {
    const modules = await hardened();
    const times = await run(mode, LIMIT_MS, modules);
    expect(times).toHaveLength(Object.keys(modules).length);
    expect(times?.filter((ms) => ms > SOON_MS)).toEqual([]);
  });

  it("would not be ended as they came", async () => {
    const runs = Object.entries(NAIVE).map(async ([name, wat]) =>
      run("deadline", NAIVE_LIMIT_MS, { [name]: await assembleWat(wat) }),
    );
    expect(await Promise.all(runs)).toEqual(runs.map(() => undefined));
  });
});
