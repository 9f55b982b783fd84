import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { requireSuccess, runProcess } from "../src/index.ts";

const cwd = new URL(".", import.meta.url);
const run = (code: string, signal?: AbortSignal) =>
  runProcess(process.execPath, ["-e", code], { cwd, ...(signal && { signal }) });

describe("a process that ends by itself", () => {
  it("has its status and what it said, apart and in order", async () => {
    const code = `console.log("out"); setTimeout(() => { console.error("err"); process.exitCode = 3 }, 50)`;
    expect(await run(code)).toEqual({
      status: 3,
      stdout: "out\n",
      stderr: "err\n",
      output: "out\nerr\n",
    });
  });

  it("has the environment that is given, and no other", async () => {
    const args = ["-e", "console.log(process.env.ONE, process.env.HOME)"];
    const { stdout } = await runProcess(process.execPath, args, { cwd, env: { ONE: "1" } });
    expect(stdout).toBe("1 undefined\n");
  });

  it("says why there is none", async () => {
    const { status, output } = await runProcess("uni-no-such-command", [], { cwd });
    expect({ status, output }).toEqual({
      status: null,
      output: "spawn uni-no-such-command ENOENT",
    });
  });
});

describe("a process that is ended", () => {
  const start = (code: string) => {
    const controller = new AbortController();
    return { controller, result: run(code, controller.signal) };
  };

  it("is ended with all that it started, though they take no notice of it", async () => {
    // The pids come through a server, for what a process says is known at its end.
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    const stubborn = (then: string) =>
      `process.on("SIGTERM", () => {});
       require("node:net").connect(${address.port}, "127.0.0.1").write(process.pid + "\\n");
       setTimeout(() => {}, 60_000); ${then}`;
    const spawned = `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(stubborn(""))}])`;
    const pids: number[] = [];
    server.on("connection", (socket) => {
      socket.on("data", (text) => pids.push(Number(text)));
      socket.on("error", () => {});
    });
    const { controller, result } = start(stubborn(spawned));
    while (pids.length < 2) await wait(20);
    controller.abort("enough");
    const { status, output } = await result;
    expect({ status, output }).toEqual({ status: null, output: "ended by SIGKILL" });
    await expect.poll(() => pids.filter(isRunning), { timeout: 10_000 }).toEqual([]);
    server.close();
  });

  it("is not started once the signal is aborted", async () => {
    const { status, output } = await run("console.log(1)", AbortSignal.abort());
    expect({ status, output }).toEqual({ status: null, output: "not started" });
  });
});

describe("a process that has to succeed", () => {
  it("gives what it said", async () => {
    expect(await requireSuccess("echo", ["hello"], { cwd })).toBe("hello\n");
  });

  it("fails with its command and its last lines", async () => {
    const args = ["-c", "seq 1 30; echo no luck >&2; exit 4"];
    const failure = requireSuccess("sh", args, { cwd });
    await expect(failure).rejects.toThrow(/^"sh -c seq.*" ended with 4:\n {4}12\n.*no luck$/s);
  });

  it("fails with the reason of the signal", async () => {
    const reason = new Error("stopped by hand");
    const signal = AbortSignal.abort(reason);
    await expect(requireSuccess("echo", [], { cwd, signal })).rejects.toBe(reason);
  });
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
