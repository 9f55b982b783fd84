/**
 * One live, never-used-before instantiation of a plugin, as a loader provides it: the raw calls of
 * the wire contract, bytes in and bytes out. Every result is a copy that the guest cannot reach.
 *
 * A call throws `FnError` where the plugin's function reports an error, and the loader's own error
 * class for everything else. A guest that has thrown is never called again.
 */
export interface Guest extends Disposable {
  /** The manifest document, UTF-8. */
  manifest(): Uint8Array;
  /** The registration document, UTF-8. */
  register(): Uint8Array;
  /** @param ipc arguments as an Arrow IPC stream; the result is one too. */
  invokeScalar(qname: string, ipc: Uint8Array): Uint8Array;
}

/** What a guest may reach outside of itself. */
export interface GuestImports {
  /** `manifest` provides nothing that leads out of the guest. */
  readonly pass: "manifest" | "granted";
}

/** What the module at a format's `guestModule` exports. */
export interface GuestModule<Image> {
  createGuest(image: Image, imports: GuestImports): Guest;
}
