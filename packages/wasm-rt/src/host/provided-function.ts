import type { HostServices } from "./host-services.ts";

/** A function of the embedder that one plugin may use, as whoever runs guests gets it. */
export type ProvidedFunction =
  /** Runs on the host's thread. What it throws is typed. */
  | {
      readonly kind: "closure";
      /** What came of the function, or will. */
      readonly call: (bytes: Uint8Array) => ClosureResult;
    }
  /** Is imported where the guest runs. */
  | ({
      readonly kind: "module";
      /** Whether the plugin's capability covers an argument. */
      readonly allows: (argument: string) => boolean;
    } & ModuleFunction);

/** What a closure answers, or will. */
export type ClosureResult = Uint8Array | Promise<Uint8Array>;

/** Where a host function is, as data. */
export interface ModuleFunction {
  /** The module's URL. */
  readonly href: string;
  /** What the module exports it as, which is the host function's name. */
  readonly name: string;
  readonly pluginId: string;
  readonly pluginVersion: string;
}

/** What a plugin gets of its host, wherever its guests run. */
export interface HostImports {
  readonly services: Omit<HostServices, "functions"> & {
    readonly functions: ReadonlyMap<string, ProvidedFunction>;
  };
  /** Settings that the host gives this plugin. */
  readonly config: Readonly<Record<string, string>>;
}
