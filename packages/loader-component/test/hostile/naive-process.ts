// The naive host as a process of its own, for guests that end it or read what is around it.
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { transpileBytes } from "@bytecodealliance/jco-transpile";

const fromHere = createRequire(import.meta.url);
const fromJco = createRequire(fromHere.resolve("@bytecodealliance/jco-transpile"));

const MAIN = `
import * as guest from "./component.js";
const answer = guest.run();
console.log(JSON.stringify({ answer, pwned: "PWNED" in globalThis }));
`;

/**
 * Transpiles with jco's defaults, which are an ES module and `preview2-shim`, and calls `run` in a
 * new Node.js process. Resolves to what the host printed: nothing if it never came back.
 */
export async function printedByNaiveProcess(
  bytes: Uint8Array,
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const shim = pathToFileURL(fromJco.resolve("@bytecodealliance/preview2-shim/cli"));
  const { files } = await transpileBytes(bytes, { map: { "wasi:cli/*": `${shim.href}#*` } });
  const folder = await mkdtemp(join(tmpdir(), "naive-jco-"));
  try {
    await writeFile(join(folder, "component.js"), files["component.js"] ?? "");
    await writeFile(join(folder, "main.mjs"), MAIN);
    await writeFile(join(folder, "package.json"), '{"type":"module"}');
    return await new Promise((resolve, reject) => {
      const args = [join(folder, "main.mjs")];
      execFile(process.execPath, args, { env, timeout: 20_000 }, (error, stdout) => {
        if (error) reject(error);
        else resolve(stdout);
      });
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}
