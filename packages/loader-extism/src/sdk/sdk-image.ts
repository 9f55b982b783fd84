import type { ExtismImage } from "../image.ts";

/** A compiled plugin of whose code the SDK runs nothing by itself. */
export interface SdkImage extends ExtismImage {
  readonly setup: HiddenSetup;
}

/** Where the code is that a module wants to have run before its first call. */
export interface HiddenSetup {
  /** The export that was the module's start function. */
  readonly start: string | undefined;
  /** By the name that the module gave an export, the one that it has now. */
  readonly renamed: ReadonlyMap<string, string>;
}
