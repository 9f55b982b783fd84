import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { endGroup, requireSuccess } from "@uni/processes";
import { requireLoopback } from "./loopback-address.ts";

/** The newest that Node.js 20 runs. */
const VERDACCIO = "6.8.0";
/** `verdaccio-audit` asks for a tag, `node-fetch@cjs`, which mirrors need not have. */
const OVERRIDES = { "node-fetch": "2.7.0" };
const START_MS = 60_000;

export interface Registry extends AsyncDisposable {
  readonly url: string;
}

/**
 * Starts a Verdaccio that has the packages published to it, and no others: it asks no other registry
 * for anything.
 */
export async function startRegistry(folder: string, signal: AbortSignal): Promise<Registry> {
  await mkdir(folder, { recursive: true });
  const manifest = { private: true, overrides: OVERRIDES };
  await writeFile(join(folder, "package.json"), JSON.stringify(manifest));
  const install = ["install", "--ignore-scripts", "--no-audit", "--no-fund"];
  await requireSuccess("npm", [...install, `verdaccio@${VERDACCIO}`], { cwd: folder, signal });
  await writeFile(join(folder, "config.yaml"), configText(folder));
  const url = requireLoopback(`http://127.0.0.1:${await freePort()}/`, "the rehearsal's registry");
  const main = join(folder, "node_modules/verdaccio/bin/verdaccio");
  const args = [main, "--config", join(folder, "config.yaml"), "--listen", url];
  const child = spawn(process.execPath, args, {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
  }
  const closed = once(child, "close");
  const end = async () => {
    endGroup(child);
    await closed;
  };
  try {
    await answering(url, signal, () => child.exitCode !== null);
  } catch (error) {
    await end();
    signal.throwIfAborted();
    throw new Error(`verdaccio ${VERDACCIO} did not answer at ${url}: ${output}`, { cause: error });
  }
  return { url, [Symbol.asyncDispose]: end };
}

function configText(folder: string): string {
  return `storage: ${JSON.stringify(join(folder, "storage"))}
web: { enable: false }
max_body_size: 100mb
packages:
  "**":
    access: $all
    publish: $all
log: { type: stdout, format: pretty, level: warn }
`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") {
    throw new Error(`expected a port of 127.0.0.1, got ${address}`);
  }
  return address.port;
}

async function answering(url: string, signal: AbortSignal, ended: () => boolean): Promise<void> {
  const untilMs = performance.now() + START_MS;
  for (;;) {
    try {
      const { ok } = await fetch(new URL("-/ping", url), { signal });
      if (ok) return;
    } catch (error) {
      signal.throwIfAborted();
      if (ended() || performance.now() > untilMs) throw error;
    }
    await wait(100, undefined, { signal });
  }
}
