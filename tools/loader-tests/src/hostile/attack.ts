import type { PluginLimits } from "@uni/wasm-rt";

/** Formats whose guests are made of one attack's text. */
export type AttackedFormat = "extism" | "component";

/** What a hostile guest does, in WebAssembly text that is the same for every format. */
export interface Attack {
  readonly name: string;
  /**
   * Instructions that take and leave nothing, with the locals `$i` of i32 and `$j` of i64. They have
   * what every format makes of its own imports, each of an address and a length in memory:
   *
   * - `$log` logs, `$count` asks for the counter of a name, and `$ask` calls the host function `tick`;
   * - `$answer` chooses what the guest answers, and `$refuse` the message that it fails with.
   *
   * What Extism passes there are zeros, whatever is at the address: its cost is the length.
   */
  readonly body: string;
  /**
   * Where these instructions run; in the call unless said. A slow start ends in time for the load,
   * and not for a call.
   */
  readonly at?: "call" | "slow start" | "start" | "manifest" | "register";
  /** More fields of the module. */
  readonly fields?: string;
  /** Imports of the module, for an attack on Extism alone. */
  readonly imports?: string;
  /** Limits of the memory in pages, the maximum behind the minimum; by default 1. */
  readonly memory?: string;
  /** By default 1024 pages, so that a guest has 64 MiB. */
  readonly limits?: Partial<PluginLimits>;
  /** How long the call may take, or where the attack is not in a call, the load. */
  readonly deadlineMs: number;
  /** What the call fails with, in both isolations and by both ways of calling. */
  readonly code: string | Readonly<Record<AttackedFormat, string>>;
  /** Where no format but this one can say it. */
  readonly only?: AttackedFormat;
  /** Whether the text needs the assembler of the newest features. */
  readonly newest?: boolean;
  /** What the engine has to have, as a module that is valid where it does. */
  readonly needs?: Uint8Array<ArrayBuffer>;
  /** What the process may take for it beyond the guest's memory, in MiB. */
  readonly extraMiB?: number;
}

/** Long enough for a machine that does other work as well, and short against what the attacks take. */
export const SOON_MS = 100;
/** For attacks that end by themselves. */
export const LATE_MS = 20_000;
/** The memory that a guest may have unless an attack says otherwise. */
export const USUAL_PAGES = 1024;
export const USUAL_BYTES: number = USUAL_PAGES * 65_536;

/** Instructions for ever. */
export const forever = (...instructions: readonly string[]): string =>
  `(loop $forever ${instructions.join(" ")} (br $forever))`;

export const i32 = (value: number): string => `(i32.const ${value})`;

/** From here on a memory of more than two pages is all zeros, which are text. */
export const TEXT_AT = 131_072;
