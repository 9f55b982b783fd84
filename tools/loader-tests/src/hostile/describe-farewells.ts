import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { ISOLATIONS } from "./attacked-loader.ts";
import { FAREWELLS } from "./say-farewell.ts";

/** Loading takes a moment on a machine that is busy; a process that is held never ends. */
const LIMIT_MS = 25_000;

/**
 * Tests that a process ends by itself after hostile guests, and prints nothing of its own.
 *
 * @param script calls `sayFarewell` with its arguments.
 */
export function describeFarewells(script: URL): void {
  describe.each(ISOLATIONS)("with isolation %s, a process ends by itself", (isolation) => {
    it.each(Object.entries(FAREWELLS))("where %s", async (farewell, [, code]) => {
      const flags = [...process.execArgv, fileURLToPath(script)];
      const child = spawn(process.execPath, [...flags, isolation, farewell], {
        stdio: ["ignore", "pipe", "pipe"],
        timeout: LIMIT_MS,
        killSignal: "SIGKILL",
      });
      const [stdout, stderr, [status]] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        once(child, "close"),
      ]);
      expect([status, stderr]).toEqual([0, ""]);
      // Inline, a call has ended before anybody can say anything.
      const expected = isolation === "inline" ? "TIMEOUT" : code;
      expect(JSON.parse(stdout)).toMatchObject({ code: expected });
    });
  });
}
