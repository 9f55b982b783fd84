import type { CapabilityName, CapabilitySet } from "@uni/plugin";

/** A function of the embedder that plugins may import. */
export interface HostFunction {
  /** What a plugin imports it as; `uni_` is reserved for the runtime's own. */
  readonly name: string;
  /** The capability without which a plugin cannot import it; without one every plugin can. */
  readonly requires?: CapabilityName;
  /** What it does, for people: what goes in, what comes out, when it fails. */
  readonly docs: string;
  /**
   * @param bytes a copy of what the plugin passed.
   * @returns bytes for the plugin, which gets a copy. What it throws ends the plugin's call.
   */
  call(bytes: Uint8Array, context: HostFunctionContext): Uint8Array;
}

/** Who calls a host function, and what it may ask for. */
export interface HostFunctionContext {
  readonly pluginId: string;
  readonly pluginVersion: string;
  /**
   * Whether the effective capability covers this argument (a URL, a path, a key): by the patterns of
   * the manifest and by those of the grant. Without `requires`, everything is covered.
   *
   * Ask for the normal form (`new URL(x).href`, `path.resolve(x)`): text is compared with text.
   */
  allows(argument: string): boolean;
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;

/** @throws TypeError for a name that is malformed, reserved or there twice. */
export function hostFunctionsByName(
  functions: readonly HostFunction[],
): ReadonlyMap<string, HostFunction> {
  const byName = new Map<string, HostFunction>();
  for (const hostFunction of functions) {
    const { name } = hostFunction;
    if (!NAME.test(name) || name.startsWith("uni_")) {
      throw new TypeError(
        `a host function cannot be named ${JSON.stringify(name)}: letters, digits and "_", and not "uni_" in front`,
      );
    }
    if (byName.has(name)) throw new TypeError(`there are two host functions named ${name}`);
    byName.set(name, hostFunction);
  }
  return byName;
}

/** Whether a plugin of these effective capabilities may import a host function. */
export function isGranted({ requires }: HostFunction, effective: CapabilitySet): boolean {
  return requires === undefined || effective.has(requires);
}
