import type { GuestCall, GuestImports } from "./guest.ts";

/**
 * Where and how the guests of one image run. What it throws is `FnError`, or the loader's own error.
 *
 * A guest is made, called once, and disposed; who made it also holds its slot. Nothing of that is
 * inside of what a deadline ends.
 */
export interface GuestEngine<G extends Disposable> {
  /**
   * Whether a call is over when `callSync` returns, and `call` need not be used: it would hold its
   * slot until its promise is looked at.
   */
  readonly synchronous: boolean;
  /** A fresh guest; `timeoutMs` bounds what of the plugin's code runs while it is made. */
  create(imports: GuestImports, timeoutMs: number): G;
  /** @param what names the call in messages. */
  call(guest: G, what: string, call: GuestCall, timeoutMs: number): Promise<Uint8Array>;
  callSync(guest: G, what: string, call: GuestCall, timeoutMs: number): Uint8Array;
}
