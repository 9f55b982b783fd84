import { availableParallelism, cpus } from "node:os";
import { version } from "@duckdb/node-api";
import type { Machine } from "./report/report.ts";

/** What the job runs on. */
export function describeMachine(): Machine {
  const [first] = cpus();
  return {
    cpu: first?.model.trim().replaceAll(/\s+/g, " ") || process.arch,
    cores: availableParallelism(),
    node: process.versions.node,
    duckdb: version(),
    platform: `${process.platform} ${process.arch}`,
  };
}
