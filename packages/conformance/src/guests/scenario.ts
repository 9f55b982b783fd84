import type { GuestText } from "./guest-text.ts";

/** A plugin that checks of a loader need. */
export interface Scenario {
  /** Unique, such as `bump`. */
  readonly name: string;
  /** What the guest does, for whoever builds it by hand. */
  readonly about: string;
  /**
   * The guest in words of no format. Without it the plugin is one of {@link BUILT_SCENARIOS}, which
   * are compiled from sources.
   */
  readonly text?: GuestText;
}

/** What the sources of a plugin compute is compared with recorded answers, bit by bit. */
export const BUILT_SCENARIOS = ["geo", "stats", "text", "vec", "stateful"] as const;
/** The name of a plugin that is compiled from sources. */
export type BuiltScenario = (typeof BUILT_SCENARIOS)[number];

/** The plugin that is compiled from sources of this name. */
export const builtScenario = (name: BuiltScenario): Scenario => ({
  name,
  about: `the plugin ai.example.${name}, from its sources`,
});
