import type { HostServices } from "../host/host-services.ts";

/**
 * The raw calls of the wire contract, bytes in and bytes out. Every result is a copy that the guest
 * cannot reach.
 *
 * A call throws `FnError` where the plugin's function reports an error, and the loader's own error
 * class for everything else.
 */
export interface GuestCalls {
  /** The manifest document, UTF-8. */
  manifest(): Uint8Array;
  /** The registration document, UTF-8. */
  register(): Uint8Array;
  /** The results of a scalar function. Arguments and results are Arrow IPC streams. */
  invokeScalar(qname: string, ipc: Uint8Array): Uint8Array;
  /** The state of an aggregate that has seen nothing. */
  aggNew(qname: string): Uint8Array;
  /** The state once it has seen more rows, whose arguments are an Arrow IPC stream. */
  aggUpdate(qname: string, state: Uint8Array, ipc: Uint8Array): Uint8Array;
  /** The state once it has what others have seen: states in a column, as an Arrow IPC stream. */
  aggMerge(qname: string, state: Uint8Array, ipc: Uint8Array): Uint8Array;
  /** The value of a state, as an Arrow IPC stream of one row. */
  aggEvaluate(qname: string, state: Uint8Array): Uint8Array;
  /** The rows of a procedure. Arguments, in one row, and results are Arrow IPC streams. */
  invokeProcedure(qname: string, ipc: Uint8Array): Uint8Array;
}

/** One call as data, so that it can be made elsewhere. */
export type GuestCall = {
  [M in keyof GuestCalls]: { readonly method: M; readonly args: Parameters<GuestCalls[M]> };
}[keyof GuestCalls];

/** Makes a call that was described as data. */
export function makeCall(guest: GuestCalls, { method, args }: GuestCall): Uint8Array {
  // `method` and `args` come from one GuestCall, which TypeScript does not follow through a call.
  return (guest[method] as (...args: readonly unknown[]) => Uint8Array)(...args);
}

/**
 * One live, never-used-before instantiation of a plugin, as a loader provides it. It serves one call, or
 * the calls of one session in turn, and is never called again after a call that threw. Each call has the
 * whole of its fuel; whatever the ABI gives back once a call has been answered, the guest gives back
 * before the next one.
 */
export interface Guest extends GuestCalls, Disposable {}

/** What a guest may reach outside of itself. */
export interface GuestImports {
  readonly services: HostServices;
  /** Settings that the host gives this plugin. */
  readonly config: Readonly<Record<string, string>>;
}

/** What the module at a format's `guestModule` exports. */
export interface GuestModule<Image> {
  /** Makes a guest of whose code nothing runs before its first call. */
  createGuest(image: Image, imports: GuestImports): Guest;
}
