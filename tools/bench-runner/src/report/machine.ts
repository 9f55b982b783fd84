import { machine as architecture, cpus, loadavg, release, totalmem, type } from "node:os";
import type { Machine } from "./report.ts";

export function describeMachine(): Machine {
  const cores = cpus();
  return {
    cpu: cores[0]?.model ?? "unknown",
    cores: cores.length,
    memoryGib: Math.round(totalmem() / 2 ** 30),
    os: `${type()} ${release()} ${architecture()}`,
    node: process.versions.node,
    v8: process.versions.v8,
    loadAverage: Number((loadavg()[0] ?? 0).toFixed(2)),
  };
}

/** What differs between two machines, for people; the load is what changes on any. */
export function machineDifferences(a: Machine, b: Machine): string[] {
  const keys = ["cpu", "cores", "memoryGib", "os", "node", "v8"] as const;
  return keys.filter((key) => a[key] !== b[key]).map((key) => `${key}: ${a[key]} and ${b[key]}`);
}

export function machineText({ cpu, cores, memoryGib, os, node, loadAverage }: Machine): string {
  return `${cpu}, ${cores} cores, ${memoryGib} GiB, ${os}, Node.js ${node}, load ${loadAverage} at the start`;
}
