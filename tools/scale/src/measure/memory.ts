import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { Effort, Memory } from "../point.ts";

/**
 * What the process holds at rest.
 *
 * @throws Error where Node.js does not run with `--expose-gc`.
 */
export async function memoryAtRest({ settleMs }: Effort): Promise<Memory> {
  const { gc } = globalThis;
  if (gc === undefined) throw new Error("expected node to run with --expose-gc");
  gc();
  await sleep(settleMs);
  gc();
  const { rss, heapUsed, external, arrayBuffers } = process.memoryUsage();
  return {
    rssBytes: rss,
    heapUsedBytes: heapUsed,
    externalBytes: external,
    arrayBufferBytes: arrayBuffers,
    reservedBytes: reservedBytes(),
  };
}

export const peakRssBytes = (): number => process.resourceUsage().maxRSS * 1024;

function reservedBytes(): number | undefined {
  if (process.platform !== "linux") return undefined;
  const [, kibibytes] =
    /^VmSize:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
  return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
}
