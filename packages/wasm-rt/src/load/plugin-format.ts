import type { AbiField, Registration } from "@uni/plugin";
import type { LoaderError, LoaderErrorClass } from "../errors/loader-error.ts";
import type { GuestEngine } from "../guest/guest-engine.ts";
import type { HostFunction } from "../host/host-function.ts";
import type { PluginLimits } from "./plugin-limits.ts";

/**
 * What a loader brings: how to compile its format once, and where the module is that makes a guest
 * from what was compiled. `Image` must survive a structured clone; only the format knows what it is.
 */
export interface PluginFormat<Image, E extends LoaderError> {
  /** The manifest's ABI field in this format. */
  readonly abiField: AbiField;
  /** The version of this format's ABI that the loader speaks. */
  readonly hostAbi: string;
  readonly errors: LoaderErrorClass<E>;
  /** A module that exports `createGuest`, for whichever thread a guest runs on. */
  readonly guestModule: URL;
  /**
   * @throws the loader's own error: `INVALID_PLUGIN` where `bytes` are not of this format,
   * `INSTANTIATE` where no host of this format could provide what they import, `RESOURCE_LIMIT` where
   * they start beyond the limits.
   */
  compile(bytes: Uint8Array, limits: PluginLimits): Promise<Image>;
  /** What a plugin of this format imports a function of the embedder as; undefined where it cannot. */
  importName(hostFunction: HostFunction): string | undefined;
  /** What the image imports of the embedder, in the words of `importName`. */
  hostImports(image: Image): readonly string[];
  /** @throws the loader's own error where the image lacks what `registration` promises. */
  requireExports(image: Image, registration: Registration): void;
  /** Runs guests in a way of its own; by default on guest threads, or here (`isolation`). */
  openEngine?(image: Image): Promise<GuestEngine>;
}
