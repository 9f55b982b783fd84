import {
  machine as architecture,
  availableParallelism,
  cpus,
  loadavg,
  release,
  totalmem,
  type,
} from "node:os";

/** What figures depend on beside the code. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGib: number;
  readonly os: string;
  readonly node: string;
  readonly v8: string;
  /** Processes that ran or waited in the last minute. */
  readonly loadAverage: number;
}

export function describeMachine(): Machine {
  return {
    cpu: cpus()[0]?.model.trim().replaceAll(/\s+/g, " ") || architecture(),
    cores: availableParallelism(),
    memoryGib: Math.round(totalmem() / 2 ** 30),
    os: `${type()} ${release()} ${architecture()}`,
    node: process.versions.node,
    v8: process.versions.v8,
    loadAverage: Number((loadavg()[0] ?? 0).toFixed(2)),
  };
}
