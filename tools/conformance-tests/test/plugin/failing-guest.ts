import type { PluginCheckOptions } from "@uni/conformance";

/** A plugin that fails one check, and no other. */
export interface FailingGuest {
  /** The check's id up to the name of the function. */
  readonly fails: string;
  /** What the report says. */
  readonly says: RegExp;
  readonly make: () => Promise<Uint8Array>;
  readonly options?: PluginCheckOptions | undefined;
}
