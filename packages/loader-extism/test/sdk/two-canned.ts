import { type Behaviour, type CannedGuestOptions, cannedExtismGuest } from "@uni/fixtures";
import { FLOAT64, registrationOf } from "@uni/loader-tests";
import type { RecordBatch } from "apache-arrow";
import { expect } from "vitest";
import { columns } from "../doubles.ts";
import { withBoth } from "./two-loaders.ts";

export const ONE_ROW: RecordBatch = columns({ x: [1.5] });
const limits = { timeoutMs: 300 };
export const REGISTRATION: string = registrationOf({ args: [FLOAT64], returns: FLOAT64 });

/** A canned guest whose function is called once, or fails to load. */
export async function bothCanned(
  guest: CannedGuestOptions,
  behaviour: Behaviour = { kind: "echo" },
) {
  const functions = { invoke_ai_example_canned_f: behaviour };
  const bytes = await cannedExtismGuest({ register: REGISTRATION, functions, ...guest });
  return withBoth(async (load) => {
    const plugin = await load(bytes, { limits });
    try {
      return [...((await plugin.scalars[0]?.invoke(ONE_ROW)) ?? [])];
    } finally {
      expect(plugin.pool.metrics).toMatchObject({ live: 0, misses: 1 });
    }
  });
}
