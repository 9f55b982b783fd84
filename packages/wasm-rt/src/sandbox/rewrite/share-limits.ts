import { unsignedLeb128 } from "../binary-reader.ts";
import { HardenError } from "../harden-error.ts";
import type { HardenLimits } from "../harden-limits.ts";
import { HAS_MAX, type SizeLimits } from "./read-limits.ts";
import type { ModuleShape } from "./read-module.ts";

/** How far the memories or the tables of a guest may grow. */
export interface Room {
  /** What each one that a module defines has above its minimum. */
  readonly above: number;
  /** What all of them have together. */
  readonly limit: number;
}

interface Kind {
  readonly limit: (limits: HardenLimits) => number;
  readonly unit: string;
  /** How many a guest may have. */
  readonly most: number;
  /** The largest size that the format allows where indices are i32. */
  readonly largest: number;
}

const KINDS: Readonly<Record<SizeLimits["kind"], Kind>> = {
  memory: {
    limit: ({ memoryPages }) => memoryPages,
    unit: "pages of memory",
    // V8 reserves 8 to 10 GB of address space for each, of the 128 TB that a process has.
    most: 16,
    largest: 2 ** 16,
  },
  table: {
    limit: ({ tableElements }) => tableElements,
    unit: "elements of tables",
    most: 1000,
    largest: 2 ** 32 - 1,
  },
};

/** A module, and how often one guest instantiates it. */
export interface CountedShape {
  readonly shape: ModuleShape;
  readonly instances: number;
}

/**
 * Shares what is left above the minima out evenly.
 *
 * @throws HardenError `OVER_LIMIT` where the minima are over the limit, or one that is imported.
 */
export function shareRoom(
  kind: SizeLimits["kind"],
  modules: readonly CountedShape[],
  limits: HardenLimits,
): Room {
  const { limit: limitOf, unit, most } = KINDS[kind];
  const limit = limitOf(limits);
  let minima = 0;
  let count = 0;
  for (const { shape, instances } of modules) {
    for (const { imported, min } of kind === "memory" ? shape.memories : shape.tables) {
      if (imported && min > limit) {
        throw over(`the module imports ${min} ${unit}, and the limit is ${limit}`);
      }
      if (imported) continue;
      minima += min * instances;
      count += instances;
    }
  }
  if (minima > limit) {
    throw over(`the module starts with ${minima} ${unit}, and the limit is ${limit}`);
  }
  if (count > most) {
    throw over(`the module has ${count} of its own ${plural(kind)}, and the limit is ${most}`);
  }
  return { above: count === 0 ? 0 : Math.floor((limit - minima) / count), limit };
}

/** The maximum that a memory or a table has from now on. */
export function clampedMax({ kind, imported, wide, min, max }: SizeLimits, room: Room): number {
  // One that another module of the guest provides has no larger maximum than the whole limit, and an
  // import links where its own is not smaller.
  const most = imported ? room.limit : min + room.above;
  return Math.min(max ?? Number.POSITIVE_INFINITY, most, wide ? most : KINDS[kind].largest);
}

/** The limits of a memory or a table, as the binary format has them, with this maximum. */
export function limitsBytes({ flags, min }: SizeLimits, max: number): number[] {
  return [flags | HAS_MAX, ...unsignedLeb128(min), ...unsignedLeb128(max)];
}

function over(message: string): HardenError {
  return new HardenError("OVER_LIMIT", message);
}

function plural(kind: SizeLimits["kind"]): string {
  return kind === "memory" ? "memories" : "tables";
}
