import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { siblingModule } from "@uni/wasm-rt";
import { fail } from "../../check.ts";
import { SPIN_FOREVER } from "../../guests/counting.ts";
import { expectEqual } from "../expect.ts";
import { FAREWELLS } from "../farewell.ts";
import type { LoaderCheck } from "../loader-check.ts";

/** Loading takes a moment on a machine that is busy; a process that is held never ends. */
const LIMIT_MS = 25_000;
const MAIN = fileURLToPath(siblingModule(import.meta.url, "../farewell-main"));

export const PROCESSES: readonly LoaderCheck[] = Object.entries(FAREWELLS).map(
  ([farewell, [what, , code]]) => ({
    id: `process.${farewell}`,
    title: `a process ends by itself, and prints nothing, where a call loops and ${what}`,
    scenarios: [SPIN_FOREVER],
    run: async (subject) => {
      const { conforming, isolation } = subject;
      const bytes = await subject.bytes(SPIN_FOREVER);
      const args = [...process.execArgv, MAIN, conforming.module.href, isolation, farewell];
      const child = spawn(process.execPath, args, {
        stdio: "pipe",
        timeout: LIMIT_MS,
        killSignal: "SIGKILL",
      });
      // A process that ends before it has read its guest says why on the standard error.
      child.stdin.on("error", () => {}).end(bytes);
      const [stdout, stderr, [status]] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        once(child, "close"),
      ]);
      expectEqual("the exit status and the standard error", [status, stderr], [0, ""]);
      // Inline, a call has ended before anybody can say anything.
      const expected = isolation === "inline" ? "TIMEOUT" : code;
      if (!stdout.includes(`"code":"${expected}"`))
        fail(`the call to end with ${expected}`, stdout);
    },
  }),
);
