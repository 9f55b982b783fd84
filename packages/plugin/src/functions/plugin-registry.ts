import { PluginError } from "../errors/plugin-error.ts";
import { NameIndex } from "./name-index.ts";
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
  readonly scalars: readonly ScalarFunction[];
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
  readonly #plugins = new Map<string, RegisteredPlugin>();
  readonly #scalars = new NameIndex<ScalarFunction>("scalar function");

  /**
   * Registers every function of a plugin, or none.
   *
   * @returns takes exactly this plugin out again, and says whether it was still there; unlike
   * `remove`, it leaves a plugin alone that came under the same id later.
   * @throws PluginError `DUPLICATE` where a plugin of this id, or a function of one of its names, is
   * registered already; `REGISTRATION_INVALID` where a function is outside the plugin's id.
   */
  register(plugin: RegisteredPlugin): () => boolean {
    const { id, version } = plugin.info;
    const known = this.#plugins.get(id);
    if (known !== undefined) {
      throw new PluginError(
        "DUPLICATE",
        `a plugin ${id} is registered already, in version ${known.info.version}; remove it before registering version ${version}`,
      );
    }
    const names = new Set<string>();
    for (const { name } of plugin.scalars) {
      const text = name.toString();
      if (name.namespace !== id) {
        throw new PluginError(
          "REGISTRATION_INVALID",
          `${text} cannot be registered by ${id}: its namespace is ${name.namespace}`,
        );
      }
      if (names.has(text)) {
        throw new PluginError("DUPLICATE", `${id} offers the scalar function ${text} twice`);
      }
      names.add(text);
    }
    // A copy, so that what is removed is what was added.
    const registered = { info: plugin.info, scalars: [...plugin.scalars] };
    this.#plugins.set(id, registered);
    for (const scalar of registered.scalars) this.#scalars.add(scalar);
    return () => this.#plugins.get(id) === registered && this.remove(id);
  }

  /** Removes a plugin and its functions; calls under way finish. `false` where there is none. */
  remove(pluginId: string): boolean {
    const plugin = this.#plugins.get(pluginId);
    if (plugin === undefined) return false;
    for (const scalar of plugin.scalars) this.#scalars.remove(scalar);
    return this.#plugins.delete(pluginId);
  }

  /**
   * The scalar function of this name; case matters only where two names differ in nothing else.
   *
   * @throws PluginError `NOT_FOUND`.
   */
  scalar(name: string): ScalarFunction {
    return this.#scalars.find(name);
  }

  plugins(): readonly PluginInfo[] {
    return [...this.#plugins.values()].map(({ info }) => info);
  }
}
