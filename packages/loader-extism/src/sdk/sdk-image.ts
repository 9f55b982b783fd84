import type { ExtismImage } from "../image.ts";

/** A compiled plugin of whose code the SDK runs nothing by itself. */
export interface SdkImage extends ExtismImage {
  /** By the name that the module gave an export, the one that it has now. */
  readonly renamed: ReadonlyMap<string, string>;
}
