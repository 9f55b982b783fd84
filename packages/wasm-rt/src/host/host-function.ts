import type { CapabilityName, CapabilitySet } from "@uni/plugin";

/** A function of the embedder that plugins may import: a closure, or an export of a module. */
export type HostFunction = HostFunctionClosure | HostFunctionModule;

/** What every host function has. */
export interface HostFunctionDescription {
  /** What a plugin imports it as, unless its format says otherwise; `uni_` is reserved for the runtime's own. */
  readonly name: string;
  /**
   * What a component imports it as: `namespace:package/interface@version#function`, such as
   * `acme:geo/lookup@1.0.0#city`, of the type `func(list<u8>) -> list<u8>`. Without it, no component
   * can import the function. `uni:` and `wasi:` are reserved.
   */
  readonly wit?: string;
  /** The capability without which a plugin cannot import it; without one every plugin can. */
  readonly requires?: CapabilityName;
  /** What it does, for people: what goes in, what comes out, when it fails. */
  readonly docs: string;
}

/** A host function that runs on the host's own thread, wherever its guest runs. */
export interface HostFunctionClosure extends HostFunctionDescription {
  /**
   * @param bytes a copy of what the plugin passed.
   * @returns bytes for the plugin, which gets a copy; from an asynchronous call on a guest thread
   * also a promise of them, for which the guest waits. What it throws ends the plugin's call.
   */
  call(bytes: Uint8Array, context: HostFunctionContext): Uint8Array | Promise<Uint8Array>;
  readonly module?: undefined;
}

/** A host function that runs where its guest does, which spares a message to the host's thread. */
export interface HostFunctionModule extends HostFunctionDescription {
  /**
   * A module that exports a function of this `name`, which takes and gives what
   * {@link HostFunctionClosure.call} does, and at once. Every guest thread imports it for itself.
   */
  readonly module: URL;
  readonly call?: undefined;
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

// A package, an interface and a function in the words of WIT; the version is one of semver.
const LABEL = "[a-z][a-z0-9]*(?:-[a-z][a-z0-9]*)*";
const WIT = new RegExp(`^${LABEL}:${LABEL}/${LABEL}(?:@[0-9]+(?:\\.[0-9A-Za-z.+-]+)?)?#${LABEL}$`);

/**
 * The embedder's functions by what a plugin of a format imports them as.
 *
 * @param importName undefined for a function that the format has no name for.
 * @throws TypeError for a name that is malformed, reserved or there twice.
 */
export function hostFunctionsByImport(
  functions: readonly HostFunction[],
  importName: (hostFunction: HostFunction) => string | undefined,
): ReadonlyMap<string, HostFunction> {
  const byImport = new Map<string, HostFunction>();
  for (const hostFunction of functions) {
    requireNames(hostFunction);
    requireBody(hostFunction);
    const name = importName(hostFunction);
    if (name === undefined) continue;
    if (byImport.has(name)) throw new TypeError(`there are two host functions named ${name}`);
    byImport.set(name, hostFunction);
  }
  return byImport;
}

function requireNames({ name, wit }: HostFunction): void {
  if (!NAME.test(name) || name.startsWith("uni_")) {
    throw new TypeError(
      `a host function cannot be named ${JSON.stringify(name)}: letters, digits and "_", and not "uni_" in front`,
    );
  }
  if (wit === undefined || (WIT.test(wit) && !/^(uni|wasi):/.test(wit))) return;
  throw new TypeError(
    `the host function ${name} cannot be ${JSON.stringify(wit)} to components: expected namespace:package/interface@version#function, and neither "uni:" nor "wasi:" in front`,
  );
}

function requireBody({ name, call, module }: HostFunction): void {
  if ((typeof call === "function") !== module instanceof URL) return;
  throw new TypeError(`the host function ${name} needs either call, a function, or module, a URL`);
}

/** Whether a plugin of these effective capabilities may import a host function. */
export function isGranted({ requires }: HostFunction, effective: CapabilitySet): boolean {
  return requires === undefined || effective.has(requires);
}
