import type { ConformingLoader, GuestText } from "@uni/conformance";
import { ExtismError, ExtismLoader } from "@uni/loader-extism";
import type { HostFunctionClosure, LoadedPlugin, LoaderOptions, LoadOptions } from "@uni/wasm-rt";
import { LOADER_CHECKS } from "../../../../packages/conformance/src/loader/loader-checks.ts";
import { conforming } from "../../../../packages/loader-extism/test/conformance/conforming.ts";

/** A subject that a check has to fail. */
export interface Broken {
  /** The check's id, without the isolation. */
  readonly fails: string;
  /** What the check says. */
  readonly says: RegExp;
  readonly subject: ConformingLoader;
}

export const broken = (fails: string, says: RegExp, subject: ConformingLoader): Broken => ({
  fails,
  says,
  subject,
});

const TEXTS = new Map(
  LOADER_CHECKS.flatMap(({ scenarios }) => scenarios).map(({ name, text }) => [name, text]),
);

/** The text of a scenario. */
export function textOf(name: string): GuestText {
  const text = TEXTS.get(name);
  if (text === undefined) throw new Error(`there is no scenario ${name} that is a text`);
  return text;
}

/** The Extism loader, where one scenario gets a guest of another text. */
export function withGuest(name: string, change: Partial<GuestText>): ConformingLoader {
  const text = { ...textOf(name), ...change };
  return {
    ...conforming,
    guest: (scenario) =>
      conforming.guest(scenario.name === name ? { ...scenario, text } : scenario),
  };
}

/** The Extism loader, made with other options. */
export const withOptions = (
  change: (options: LoaderOptions) => LoaderOptions,
): ConformingLoader => ({
  ...conforming,
  make: (options) => new ExtismLoader(change(options)),
});

/** The Extism loader, with something else behind the host's functions. */
export const withHost = (
  change: (hostFunction: HostFunctionClosure) => HostFunctionClosure,
): ConformingLoader =>
  withOptions(({ hostFunctions = [], ...options }) => ({
    ...options,
    hostFunctions: hostFunctions.map((given) => (given.call === undefined ? given : change(given))),
  }));

type Load = (bytes: Uint8Array, options?: LoadOptions) => Promise<LoadedPlugin<ExtismError>>;

/** The Extism loader, which loads in another way. */
export function withLoad(change: (load: Load) => Load): ConformingLoader {
  class Changed extends ExtismLoader {
    override load(bytes: Uint8Array, options?: LoadOptions): Promise<LoadedPlugin<ExtismError>> {
      return change((...args) => super.load(...args))(bytes, options);
    }
  }
  return { ...conforming, make: (options) => new Changed(options) };
}

/** The Extism loader, without some of what its callers ask of a load. */
export const ignoring = (...names: readonly (keyof LoadOptions)[]): ConformingLoader =>
  withLoad((load) => (bytes, options = {}) => {
    const left = Object.entries(options).filter(([name]) => !names.some((n) => n === name));
    return load(bytes, Object.fromEntries(left));
  });

/** The Extism loader, whose plugins are changed once they are loaded. */
export const withPlugin = (
  change: (plugin: LoadedPlugin<ExtismError>) => Partial<LoadedPlugin<ExtismError>>,
): ConformingLoader =>
  withLoad((load) => async (...args) => {
    const plugin = await load(...args);
    return like(plugin, change(plugin));
  });

type Scalar = LoadedPlugin<ExtismError>["scalars"][number];

/** The Extism loader, whose scalar functions are called in another way. */
export const withScalar = (change: (scalar: Scalar) => Partial<Scalar>): ConformingLoader =>
  withPlugin(({ scalars }) => ({
    scalars: scalars.map((scalar) => like(scalar, change(scalar))),
  }));

/** The Extism loader, whose pools count something else. */
export const withMetrics = (metrics: Partial<LoadedPlugin<ExtismError>["pool"]["metrics"]>) =>
  withPlugin(({ pool }) => ({
    pool: like(pool, {
      get metrics() {
        return { ...pool.metrics, ...metrics };
      },
    }),
  }));

/** The same object but for some of its members. */
export function like<T extends object>(whole: T, changes: Partial<T>): T {
  return new Proxy(whole, {
    get: (_, key) => {
      const member: unknown = Reflect.get(
        Object.hasOwn(changes, key) ? changes : whole,
        key,
        whole,
      );
      return typeof member === "function" ? member.bind(whole) : member;
    },
  });
}

export const refusal = (code: ConstructorParameters<typeof ExtismError>[0], message: string) =>
  new ExtismError(code, message);
