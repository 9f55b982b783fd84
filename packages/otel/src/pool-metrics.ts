import type { Attributes, BatchObservableResult, Meter } from "@opentelemetry/api";
import type { ObservedPlugin } from "@uni/wasm-rt";
import { pluginAttributes } from "./attributes.ts";
import { onChannel, type Stop, together } from "./on-channel.ts";

/** Reports the pools of the plugins that are loaded from now on. */
export function reportPools(meter: Meter): Stop {
  const pools = new Pools();
  const count = meter.createObservableUpDownCounter("uni.plugin.guest.count", {
    description: "Guests that are out (used), or were built ahead and wait for a call (idle).",
    unit: "{guest}",
  });
  const max = meter.createObservableUpDownCounter("uni.plugin.guest.max", {
    description: "The most guests that there can be at once.",
    unit: "{guest}",
  });
  const pending = meter.createObservableUpDownCounter("uni.plugin.guest.pending_requests", {
    description: "Calls that wait for a guest.",
    unit: "{request}",
  });
  const observed = [count, max, pending];
  const observe = (result: BatchObservableResult) => {
    for (const { attributes, used, idle, cap, queued } of pools.totals()) {
      result.observe(count, used, { ...attributes, "uni.plugin.guest.state": "used" });
      result.observe(count, idle, { ...attributes, "uni.plugin.guest.state": "idle" });
      result.observe(max, cap, attributes);
      result.observe(pending, queued, attributes);
    }
  };
  meter.addBatchObservableCallback(observe, observed);
  return together([
    onChannel("uni:load:end", ({ plugin }) => {
      if (plugin !== undefined) pools.add(plugin);
    }),
    onChannel("uni:plugin:end", ({ plugin }) => {
      pools.remove(plugin);
    }),
    () => meter.removeBatchObservableCallback(observe, observed),
  ]);
}

interface PoolTotal {
  readonly attributes: Attributes;
  used: number;
  idle: number;
  cap: number;
  queued: number;
}

/** By plugin and version: a plugin may be loaded twice, and a point stands for all that it names. */
class Pools {
  readonly #plugins = new Set<ObservedPlugin>();
  /**
   * What was ever reported, by name. Without plugins it is 0: an SDK goes on with the last value of
   * what is not reported any more.
   */
  readonly #names = new Map<string, Attributes>();

  add(plugin: ObservedPlugin): void {
    this.#plugins.add(plugin);
    this.#names.set(nameOf(plugin), pluginAttributes(plugin.id, plugin.version));
  }

  remove(plugin: ObservedPlugin): void {
    this.#plugins.delete(plugin);
  }

  totals(): Iterable<PoolTotal> {
    const totals = new Map<string, PoolTotal>();
    for (const [name, attributes] of this.#names) {
      totals.set(name, { attributes, used: 0, idle: 0, cap: 0, queued: 0 });
    }
    for (const plugin of this.#plugins) {
      const total = totals.get(nameOf(plugin));
      if (total === undefined) continue;
      const { pool } = plugin;
      const { queued, spares } = plugin.stats();
      total.used += pool.metrics.live - spares.ready;
      total.idle += spares.ready;
      total.cap += pool.config.maxInstances;
      total.queued += queued;
    }
    return totals.values();
  }
}

function nameOf({ id, version }: ObservedPlugin): string {
  return `${id} ${version}`;
}
