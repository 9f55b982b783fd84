import type { LoaderError, LoaderOptions, PluginLoader } from "@uni/wasm-rt";
import type { Scenario } from "../guests/scenario.ts";

/** A loader, and how to make the guests that it is checked with. */
export interface ConformingLoader {
  /** Such as `ExtismLoader`. */
  readonly name: string;
  /** A new loader. */
  make(options: LoaderOptions): PluginLoader<LoaderError>;
  /**
   * The plugin of a scenario in the loader's format: built from {@link Scenario.text}, or found where
   * it was built before. Undefined where there is none, which fails the checks that need it.
   */
  guest(scenario: Scenario): Promise<Uint8Array | undefined>;
  /** Bytes of another format, of which the loader says that they are not its own. */
  readonly foreign: Uint8Array;
  /** What the format cannot express: scenarios by their names, and why. */
  readonly cannot?: Readonly<Record<string, string>>;
  /**
   * The module that exports this very object as `conforming`: some checks are about how a process
   * ends, and run it in one of their own.
   */
  readonly module: URL;
}
