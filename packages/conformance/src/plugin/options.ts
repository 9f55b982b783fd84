import {
  type Capability,
  type CapabilityName,
  CapabilitySet,
  refuseUnknown,
  SURFACE_CAPABILITIES,
} from "@uni/plugin";
import type { LoadOptions } from "@uni/wasm-rt";
import type { RecordBatch } from "apache-arrow";

/** What is known of a plugin besides its bytes. */
export interface PluginCheckOptions {
  /**
   * Batches of arguments that a function answers, by its qname: at least one row each, and one row
   * exactly for a procedure. They are tried besides the generated ones.
   */
  readonly samples?: Readonly<Record<string, readonly RecordBatch[]>>;
  /**
   * What may be granted besides the surfaces, such as what the loader's host functions require. The
   * plugin gets what its manifest declares of it.
   */
  readonly grants?: Iterable<Capability | CapabilityName>;
  /** Settings that the plugin reads; they grant `config` too. */
  readonly config?: Readonly<Record<string, string>>;
  /** Rows of the largest batch; default 10,000. */
  readonly rows?: number;
  /** Longest that one call may take, in milliseconds, where the loader and the manifest say no less. */
  readonly timeoutMs?: number;
  /** Chooses the generated values, an integer; default 1. The same seed gives the same batches. */
  readonly seed?: number;
}

/** The same with everything decided. */
export interface Settings {
  readonly samples: ReadonlyMap<string, readonly RecordBatch[]>;
  readonly load: LoadOptions;
  readonly call: { readonly timeoutMs?: number };
  readonly rows: number;
  readonly seed: number;
}

const KNOWN: readonly (keyof PluginCheckOptions)[] = [
  "samples",
  "grants",
  "config",
  "rows",
  "timeoutMs",
  "seed",
];
const DEFAULT_ROWS = 10_000;
const DEFAULT_SEED = 1;

/**
 * @throws TypeError for an option that does not exist or is out of its range; PluginError
 * `CAPABILITY_INVALID` for a capability that is malformed.
 */
export function settingsOf(options: PluginCheckOptions): Settings {
  refuseUnknown(options, KNOWN, "option of plugin checks");
  const { samples = {}, grants = [], config, timeoutMs } = options;
  const { rows = DEFAULT_ROWS, seed = DEFAULT_SEED } = options;
  requireInteger("rows", rows, 2);
  requireInteger("seed", seed, 0);
  if (timeoutMs !== undefined) requireInteger("timeoutMs", timeoutMs, 1);
  for (const [qname, batches] of Object.entries(samples)) {
    if (batches.every(({ numRows }) => numRows > 0)) continue;
    throw new TypeError(`expected samples of ${qname} with a row at least, got one of 0 rows`);
  }
  const capabilities = typeof grants === "string" ? grants : [...grants];
  new CapabilitySet(capabilities);
  const granted = [...SURFACE_CAPABILITIES, ...capabilities];
  return {
    samples: new Map(Object.entries(samples)),
    load: config === undefined ? { grants: granted } : { grants: [...granted, "config"], config },
    call: timeoutMs === undefined ? {} : { timeoutMs },
    rows,
    seed,
  };
}

function requireInteger(name: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw new TypeError(
    `expected ${name} to be an integer of ${least} at least, got ${String(value)}`,
  );
}
