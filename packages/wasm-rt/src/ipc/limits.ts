import { IpcError } from "./ipc-error.ts";

/** How large a stream may be before it is refused with `IPC_LIMIT`. */
export interface IpcLimits {
  /** Bytes of the whole stream. */
  readonly maxBytes: number;
  /** Rows, summed over the batches: columns without buffers claim rows for free. */
  readonly maxRows: number;
  /** Columns at the top of the schema. */
  readonly maxColumns: number;
  /** Fields of the schema, children included. */
  readonly maxFields: number;
  /** How deep fields may nest; a column that has no children is at depth 1. */
  readonly maxDepth: number;
  /** Dictionary values, summed over the dictionary batches. */
  readonly maxDictionaryEntries: number;
}

export const DEFAULT_IPC_LIMITS: IpcLimits = Object.freeze({
  maxBytes: 1 << 30,
  maxRows: 1 << 26,
  maxColumns: 4096,
  maxFields: 16_384,
  maxDepth: 64,
  maxDictionaryEntries: 1 << 24,
});

/** Fills in the defaults; an unknown name or a value that is not a count is a `TypeError`. */
export function resolveLimits(limits: Partial<IpcLimits>): IpcLimits {
  for (const [name, value] of Object.entries(limits)) {
    if (!Object.hasOwn(DEFAULT_IPC_LIMITS, name)) {
      throw new TypeError(
        `unknown IPC limit "${name}"; known: ${Object.keys(DEFAULT_IPC_LIMITS).join(", ")}`,
      );
    }
    if (value !== undefined && !(Number.isSafeInteger(value) && value >= 0)) {
      throw new TypeError(`IPC limit ${name} must be a non-negative integer, got ${String(value)}`);
    }
  }
  const given = Object.entries(limits).filter(([, value]) => value !== undefined);
  return { ...DEFAULT_IPC_LIMITS, ...Object.fromEntries(given) };
}

/** Throws `IPC_LIMIT` where `actual` is more than the limit called `name`. */
export function withinLimit(
  limits: IpcLimits,
  name: keyof IpcLimits,
  actual: number,
  column?: string,
): void {
  if (actual <= limits[name]) return;
  throw new IpcError(
    "IPC_LIMIT",
    `${actual} is over the limit ${name} of ${limits[name]}${column === undefined ? "" : ` at column ${column}`}`,
    column === undefined ? {} : { column },
  );
}
