import type { Machine } from "@uni/reports";

/** What differs between two machines, for people; the load is what changes on any. */
export function machineDifferences(a: Machine, b: Machine): string[] {
  const keys = ["cpu", "cores", "memoryGib", "os", "node", "v8"] as const;
  return keys.filter((key) => a[key] !== b[key]).map((key) => `${key}: ${a[key]} and ${b[key]}`);
}

export function machineText({ cpu, cores, memoryGib, os, node, loadAverage }: Machine): string {
  return `${cpu}, ${cores} cores, ${memoryGib} GiB, ${os}, Node.js ${node}, load ${loadAverage} at the start`;
}
