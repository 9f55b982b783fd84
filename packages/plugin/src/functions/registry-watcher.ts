import type { RegisteredPlugin } from "./plugin-registry.ts";

/** What changes in a registry: a plugin comes, one goes, or one takes the place of the other. */
export interface RegistryChange {
  readonly added?: Required<RegisteredPlugin>;
  readonly removed?: Required<RegisteredPlugin>;
}

/** Follows what a registry has, such as a database that offers the functions under names of its own. */
export interface RegistryWatcher {
  /** Asked before anything has changed; refuses the change by throwing, and whoever asked for it gets the error. */
  check?(change: RegistryChange): void;
  /** Told once the change is made, which nothing can refuse any more; what it throws reaches whoever made the change. */
  changed(change: RegistryChange): void;
}
