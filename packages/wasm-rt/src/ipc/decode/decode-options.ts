import { DEFAULT_IPC_LIMITS, type IpcLimits } from "../limits.ts";

/** How to decode a stream, beside how large it may be. */
export interface IpcDecodeOptions extends Partial<IpcLimits> {
  /**
   * The caller owns the bytes and hands them over: nobody writes to them from now on. The batches
   * are then views of them, without a copy; bytes that do not start at a multiple of 8, and those
   * whose memory is shared or can be resized, are copied all the same. Default: false.
   */
  readonly owned?: boolean;
  /** What to do with bytes that follow the end of the stream. Default: "refuse". */
  readonly trailingBytes?: "refuse" | "ignore";
  /**
   * Whether the stream must end with its marker. Where it is optional, a stream that just ends
   * between two messages may have been cut off there. Default: "required".
   */
  readonly endOfStream?: "required" | "optional";
}

/** All of them, defaults filled in. */
export interface ResolvedDecodeOptions extends Required<IpcDecodeOptions>, IpcLimits {}

const DEFAULTS: ResolvedDecodeOptions = Object.freeze({
  ...DEFAULT_IPC_LIMITS,
  owned: false,
  trailingBytes: "refuse",
  endOfStream: "required",
});

const CHOICES: Readonly<Record<string, readonly unknown[]>> = {
  owned: [true, false],
  trailingBytes: ["refuse", "ignore"],
  endOfStream: ["required", "optional"],
};

/** Fills in the defaults; an unknown name or a value that an option does not have is a `TypeError`. */
export function resolveDecodeOptions(options?: IpcDecodeOptions): ResolvedDecodeOptions {
  if (options === undefined) return DEFAULTS;
  // A loop over keys instead of entries: this is part of every call of a plugin.
  for (const name in options) {
    const value = (options as Readonly<Record<string, unknown>>)[name];
    if (value !== undefined) checkOption(name, value);
  }
  return {
    maxBytes: options.maxBytes ?? DEFAULTS.maxBytes,
    maxRows: options.maxRows ?? DEFAULTS.maxRows,
    maxColumns: options.maxColumns ?? DEFAULTS.maxColumns,
    maxFields: options.maxFields ?? DEFAULTS.maxFields,
    maxDepth: options.maxDepth ?? DEFAULTS.maxDepth,
    maxDictionaryEntries: options.maxDictionaryEntries ?? DEFAULTS.maxDictionaryEntries,
    maxObjects: options.maxObjects ?? DEFAULTS.maxObjects,
    maxDictionaryDeltas: options.maxDictionaryDeltas ?? DEFAULTS.maxDictionaryDeltas,
    owned: options.owned ?? DEFAULTS.owned,
    trailingBytes: options.trailingBytes ?? DEFAULTS.trailingBytes,
    endOfStream: options.endOfStream ?? DEFAULTS.endOfStream,
  };
}

function checkOption(name: string, value: unknown): void {
  if (!Object.hasOwn(DEFAULTS, name)) {
    throw new TypeError(`unknown IPC option "${name}"; known: ${Object.keys(DEFAULTS).join(", ")}`);
  }
  const choices = CHOICES[name];
  if (choices === undefined) {
    if (Number.isSafeInteger(value) && (value as number) >= 0) return;
    throw new TypeError(`IPC limit ${name} must be a non-negative integer, got ${String(value)}`);
  }
  if (choices.includes(value)) return;
  throw new TypeError(
    `IPC option ${name} must be ${choices.map((c) => JSON.stringify(c)).join(" or ")}, got ${String(value)}`,
  );
}
