import {
  type AggregateFunction,
  PluginRegistry,
  type Procedure,
  type ScalarFunction,
  UniError,
} from "@uni/plugin";
import type {
  Isolation,
  LoadedPlugin,
  LoaderError,
  LoaderOptions,
  LoadOptions,
  PluginLoader,
} from "@uni/wasm-rt";
import { CheckFailure, fail } from "../check.ts";
import type { Scenario } from "../guests/scenario.ts";
import type { ConformingLoader } from "./conforming-loader.ts";
import { PATIENCE_MS, patiently, pause } from "./patience.ts";

/** What a check has of the loader that it is about; all that it loads is gone when it ends. */
export class Subject implements AsyncDisposable {
  readonly conforming: ConformingLoader;
  readonly isolation: Isolation;
  readonly #loaders: PluginLoader<LoaderError>[] = [];

  constructor(conforming: ConformingLoader, isolation: Isolation) {
    this.conforming = conforming;
    this.isolation = isolation;
  }

  loader(options: LoaderOptions = {}): PluginLoader<LoaderError> {
    // What plugins log is nobody's business unless the check says so.
    const loader = this.conforming.make({
      isolation: this.isolation,
      logger: () => {},
      ...options,
    });
    this.#loaders.push(loader);
    return loader;
  }

  /** @throws CheckFailure where the loader's author has no guest for it. */
  async bytes(scenario: Scenario): Promise<Uint8Array> {
    const bytes = await this.conforming.guest(scenario);
    if (bytes !== undefined) return bytes;
    throw new CheckFailure(
      `there is no guest for the scenario ${JSON.stringify(scenario.name)}: ${scenario.about}; make guest() give it, or declare in cannot why the format has no such guest`,
    );
  }

  async load(
    scenario: Scenario,
    options: LoadOptions = {},
    loaderOptions: LoaderOptions = {},
  ): Promise<Loaded> {
    const loader = this.loader(loaderOptions);
    const registry = options.registry ?? new PluginRegistry();
    const plugin = await loader.load(await this.bytes(scenario), { ...options, registry });
    return new Loaded(loader, plugin, registry);
  }

  /** What loading is refused with; nothing may be registered then. */
  async refusal(
    bytes: Uint8Array,
    options: LoadOptions = {},
    loaderOptions: LoaderOptions = {},
  ): Promise<UniError> {
    const registry = new PluginRegistry();
    const loading = this.loader(loaderOptions).load(bytes, { ...options, registry });
    const error = await refused(loading, "the plugin to be refused");
    const registered = registry.plugins();
    if (registered.length > 0) fail("nothing to be registered after a refusal", registered);
    return error;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const destroyed = Promise.all(this.#loaders.map((loader) => loader.destroy()));
    await patiently("a loader to be destroyed", destroyed);
  }
}

/** A plugin that was loaded for a check. */
export class Loaded {
  readonly loader: PluginLoader<LoaderError>;
  readonly plugin: LoadedPlugin<LoaderError>;
  readonly registry: PluginRegistry;

  constructor(
    loader: PluginLoader<LoaderError>,
    plugin: LoadedPlugin<LoaderError>,
    registry: PluginRegistry = new PluginRegistry(),
  ) {
    this.loader = loader;
    this.plugin = plugin;
    this.registry = registry;
  }

  get scalar(): ScalarFunction {
    return only(this.plugin.scalars, "scalar function");
  }

  get aggregate(): AggregateFunction {
    return only(this.plugin.aggregates, "aggregate");
  }

  get procedure(): Procedure {
    return only(this.plugin.procedures, "procedure");
  }

  get live(): number {
    return this.plugin.pool.metrics.live;
  }

  /** Waits until no guest counts any more; one that was ended counts until it is gone. */
  async idle(): Promise<void> {
    const until = Date.now() + PATIENCE_MS;
    while (this.live !== 0 && Date.now() < until) await pause(PAUSE_MS);
    if (this.live !== 0) fail("no guest to be live once every call has ended", this.live);
  }
}

const PAUSE_MS = 5;

function only<T>(functions: readonly T[], what: string): T {
  const [first, ...others] = functions;
  if (first !== undefined && others.length === 0) return first;
  throw new CheckFailure(`expected the plugin to have one ${what}, got ${functions.length}`);
}

/** What something is refused with. @throws CheckFailure where it succeeds or throws anything else. */
export async function refused(
  running: Promise<unknown> | (() => unknown),
  expected: string,
): Promise<UniError> {
  let value: unknown;
  try {
    value = typeof running === "function" ? running() : await running;
  } catch (error) {
    if (error instanceof UniError) return error;
    fail(`${expected} with a UniError`, error);
  }
  return fail(expected, value);
}

/** What both ways of calling a scalar function are refused with. */
export async function refusals(
  scalar: ScalarFunction,
  ...call: Parameters<ScalarFunction["invoke"]>
): Promise<readonly UniError[]> {
  return [
    await refused(scalar.invoke(...call), "invoke to be refused"),
    await refused(() => scalar.invokeSync(...call), "invokeSync to be refused"),
  ];
}

/** What both ways of calling a scalar function answer. */
export async function answersOf(
  scalar: ScalarFunction,
  ...call: Parameters<ScalarFunction["invoke"]>
): Promise<readonly (readonly unknown[])[]> {
  return [[...(await scalar.invoke(...call))], [...scalar.invokeSync(...call)]];
}
