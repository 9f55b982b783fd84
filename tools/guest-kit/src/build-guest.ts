import { dirname, relative } from "node:path";
import { compile } from "./compile/compile.ts";
import { refuseStrangers } from "./compile/refuse-strangers.ts";
import type { GuestAbi } from "./guest-abi.ts";

/** What is built, and for whom. */
export interface GuestBuild {
  /** The path of the AssemblyScript file whose exports are the guest's. */
  readonly entry: string;
  readonly abi: GuestAbi;
  /**
   * The folder that files are named from in messages of the guest's `throw`s, and that packages are
   * searched from upwards; by default the entry's.
   */
  readonly baseDir?: string;
}

/**
 * Compiles a guest, optimized, with the ABI's library.
 *
 * @throws {Error} when the source does not compile without a warning, imports what the ABI's host
 * has not, or does not fit the ABI.
 * @example
 * ```ts
 * const wasm = await buildGuest({ entry: join(folder, "index.ts"), abi: extismAbi });
 * ```
 */
export async function buildGuest({
  entry,
  abi,
  baseDir = dirname(entry),
}: GuestBuild): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const wasm = await compile(entry, baseDir, abi);
    refuseStrangers(wasm, abi);
    return (await abi.finish?.(wasm)) ?? wasm;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${relative(process.cwd(), entry)}: ${reason}`, { cause });
  }
}
