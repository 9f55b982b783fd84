import { PluginError } from "../errors/plugin-error.ts";
import type { QName } from "../qname.ts";
import type { AggregateFunction } from "./aggregate-function.ts";
import { NameIndex } from "./name-index.ts";
import type { Procedure } from "./procedure.ts";
import type { RegistryChange, RegistryWatcher } from "./registry-watcher.ts";
import type { ScalarFunction } from "./scalar-function.ts";

/** Which plugin a function comes from. */
export interface PluginInfo {
  readonly id: string;
  readonly version: string;
  readonly description?: string;
}

/** A plugin with everything that it offers; a host's own TypeScript functions are one too. */
export interface RegisteredPlugin {
  readonly info: PluginInfo;
  readonly scalars?: readonly ScalarFunction[];
  readonly aggregates?: readonly AggregateFunction[];
  readonly procedures?: readonly Procedure[];
}

/**
 * The functions that a host can call, by name, whichever loader they come from.
 *
 * @example
 * ```ts
 * const registry = new PluginRegistry();
 * await loader.load(bytes, { registry });
 * await registry.scalar("ai.example.geo.haversine").invoke(batch);
 * ```
 */
export class PluginRegistry {
  readonly #plugins = new Map<string, Required<RegisteredPlugin>>();
  readonly #scalars = new NameIndex<ScalarFunction>("scalar function");
  readonly #aggregates = new NameIndex<AggregateFunction>("aggregate");
  readonly #procedures = new NameIndex<Procedure>("procedure");
  readonly #watchers = new Set<RegistryWatcher>();

  /**
   * Registers every function of a plugin, or none.
   *
   * @returns takes exactly this plugin out again, and says whether it was still there; unlike
   * `remove`, it leaves a plugin alone that came under the same id later.
   * @throws PluginError `DUPLICATE` where a plugin of this id is registered already, or the plugin
   * has two functions of one name; `REGISTRATION_INVALID` where a function is outside the plugin's id.
   */
  register(plugin: RegisteredPlugin): () => boolean {
    const { id, version } = plugin.info;
    const known = this.#plugins.get(id);
    if (known !== undefined) {
      throw new PluginError(
        "DUPLICATE",
        `a plugin ${id} is registered already, in version ${known.info.version}; remove it before registering version ${version}, or replace it`,
      );
    }
    return this.#change({ added: checked(plugin) });
  }

  /**
   * Puts a plugin in the place of the one of the same id, in one step: no look-up finds neither, or
   * a part of each. Calls under way, and functions that were looked up before, stay with the old one.
   *
   * @returns as `register`.
   * @throws PluginError `NOT_FOUND` where there is nothing to replace; as `register` for the plugin
   * itself. The old one is then still there.
   */
  replace(plugin: RegisteredPlugin): () => boolean {
    const { id, version } = plugin.info;
    const known = this.#plugins.get(id);
    if (known === undefined) {
      throw new PluginError(
        "NOT_FOUND",
        `no plugin ${id} is registered that version ${version} could replace; register it`,
      );
    }
    return this.#change({ added: checked(plugin), removed: known });
  }

  /** Removes a plugin and its functions; calls under way finish. `false` where there is none. */
  remove(pluginId: string): boolean {
    const removed = this.#plugins.get(pluginId);
    if (removed === undefined) return false;
    this.#change({ removed });
    return true;
  }

  /**
   * The scalar function of this name; case matters only where two names differ in nothing else.
   *
   * @throws PluginError `NOT_FOUND`.
   */
  scalar(name: string): ScalarFunction {
    return this.#scalars.find(name);
  }

  /** The aggregate of this name, as `scalar` finds it. */
  aggregate(name: string): AggregateFunction {
    return this.#aggregates.find(name);
  }

  /** The procedure of this name, as `scalar` finds it. */
  procedure(name: string): Procedure {
    return this.#procedures.find(name);
  }

  /** The plugins that are registered, in the order of their registration. */
  plugins(): readonly PluginInfo[] {
    return [...this.#plugins.values()].map(({ info }) => info);
  }

  /** The plugins with everything that they offer. */
  registered(): readonly Required<RegisteredPlugin>[] {
    return [...this.#plugins.values()];
  }

  /**
   * Has every later change checked and followed by `watcher`.
   *
   * @returns stops it.
   */
  watch(watcher: RegistryWatcher): () => void {
    this.#watchers.add(watcher);
    return () => {
      this.#watchers.delete(watcher);
    };
  }

  #change(change: RegistryChange): () => boolean {
    const { added, removed } = change;
    const watchers = [...this.#watchers];
    for (const watcher of watchers) watcher.check?.(change);
    if (removed !== undefined) this.#removeNames(removed);
    // Over the one of the same id, where it replaces one: it keeps the place in the order.
    if (added !== undefined) this.#add(added);
    else if (removed !== undefined) this.#plugins.delete(removed.info.id);
    for (const watcher of watchers) watcher.changed(change);
    return () =>
      added !== undefined &&
      this.#plugins.get(added.info.id) === added &&
      this.remove(added.info.id);
  }

  #removeNames(plugin: Required<RegisteredPlugin>): void {
    for (const scalar of plugin.scalars) this.#scalars.remove(scalar);
    for (const aggregate of plugin.aggregates) this.#aggregates.remove(aggregate);
    for (const procedure of plugin.procedures) this.#procedures.remove(procedure);
  }

  #add(plugin: Required<RegisteredPlugin>): void {
    this.#plugins.set(plugin.info.id, plugin);
    for (const scalar of plugin.scalars) this.#scalars.add(scalar);
    for (const aggregate of plugin.aggregates) this.#aggregates.add(aggregate);
    for (const procedure of plugin.procedures) this.#procedures.add(procedure);
  }
}

/** A copy of what a plugin offers, so that what is removed later is what was added. */
function checked({
  info,
  scalars = [],
  aggregates = [],
  procedures = [],
}: RegisteredPlugin): Required<RegisteredPlugin> {
  const names = new Set<string>();
  for (const { name } of [...scalars, ...aggregates, ...procedures]) {
    requireOwnName(info, name);
    const text = name.toString();
    if (names.has(text)) {
      throw new PluginError("DUPLICATE", `${info.id} offers the function ${text} twice`);
    }
    names.add(text);
  }
  return {
    info,
    scalars: [...scalars],
    aggregates: [...aggregates],
    procedures: [...procedures],
  };
}

function requireOwnName({ id }: PluginInfo, name: QName): void {
  if (name.namespace === id) return;
  throw new PluginError(
    "REGISTRATION_INVALID",
    `${name} cannot be registered by ${id}: its namespace is ${name.namespace}`,
  );
}
