import { type Capability, CapabilitySet, SURFACE_CAPABILITIES } from "@uni/plugin";
import type { LoadOptions } from "@uni/wasm-rt";

/**
 * A capability as it is written on a command line: its name, and behind `=` a pattern that its
 * arguments must match.
 *
 * @throws PluginError `CAPABILITY_INVALID`.
 */
export function parseGrant(text: string): Capability {
  const equals = text.indexOf("=");
  const grant =
    equals < 0 ? { kind: text } : { kind: text.slice(0, equals), allow: [text.slice(equals + 1)] };
  new CapabilitySet([grant]);
  return grant;
}

/** What a plugin gets: its surfaces, and what was granted beside them. */
export function grantOptions(
  grants: readonly Capability[],
): Pick<LoadOptions, "grants" | "config"> {
  const hasConfig = grants.some(({ kind }) => kind === "config");
  return {
    grants: [...SURFACE_CAPABILITIES, ...grants],
    // A command line has no settings; a plugin that may read them finds none.
    ...(hasConfig ? { config: {} } : {}),
  };
}
