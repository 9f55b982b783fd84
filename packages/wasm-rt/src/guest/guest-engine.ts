import type { HostImports } from "../host/provided-function.ts";
import type { CallEnding } from "../wait/call-ending.ts";
import type { GuestCall } from "./guest.ts";

/** Where and how the guests of one image run. */
export interface GuestEngine {
  /** What makes guests on these imports. */
  bind(imports: HostImports): Promise<GuestSource<GuestHandle>>;
  /** Gives back what the engine holds; none of its guests is alive any more. */
  close(): Promise<void>;
}

/** When a guest was built, on the clock of `performance.now()`, and how long that took. */
export interface GuestBuild {
  readonly startedAt: number;
  readonly tookMs: number;
}

/** One guest, wherever it is. It is made, called once, or more often where it is kept, and disposed. */
export interface GuestHandle extends Disposable {
  /** Settles when a guest is gone that was ended in the middle of its call; it counts until then. */
  readonly gone?: Promise<void> | undefined;
  /** How it was built, as far as anybody here knows; otherwise that counts as part of its first call. */
  readonly build?: GuestBuild | undefined;
}

/**
 * Makes the guests of one image on the imports of one plugin, and calls them. What it throws is
 * `FnError`, or the loader's own error.
 */
export interface GuestSource<G extends GuestHandle> {
  /** Whether `prepare` costs the caller's thread next to nothing, since another one does the work. */
  readonly preparesElsewhere?: true;
  /** A fresh guest, of whose code nothing has run; it may be built only when it is needed. */
  create(): G;
  /**
   * Builds a guest now, so that its call need not. False where there is nowhere to build it at the
   * moment.
   *
   * @param changed is told whenever `stateOf` may answer something else.
   */
  prepare(guest: G, changed: () => void): boolean;
  /** Whether a guest that was prepared or is kept can be called at once, later, or never. */
  stateOf(guest: G): "ready" | "busy" | "lost";
  /**
   * Says, before the first call of a guest, that it will be called more than once. Absent where a guest
   * serves one call.
   *
   * @param changed is told whenever `stateOf` may answer something else.
   */
  keep?(guest: G, changed: () => void): void;
  /**
   * Makes one call; resolves to what the guest answered.
   *
   * @param what names the call in messages.
   * @param ending ends the call, however far it is; it begins before code of the guest runs.
   */
  call(guest: G, what: string, call: GuestCall, ending: CallEnding): Promise<Uint8Array>;
  /** As `call`, while this thread waits. */
  callSync(guest: G, what: string, call: GuestCall, ending: CallEnding): Uint8Array;
}
