import type { EnvName } from "./env-names.ts";

/** Why a call of an HTTP function is refused. */
export function noNetwork(name: EnvName): string {
  return `${name}: a plugin has no network of its own; ask the host for a host function`;
}
