import { type Capability, CapabilitySet, PluginError, SURFACE_CAPABILITIES } from "@uni/plugin";
import type { LoadOptions } from "@uni/wasm-rt";
import { CliError } from "../errors/cli-error.ts";

/**
 * Capabilities as they are written on a command line: a name, and behind `=` a pattern that arguments
 * must match.
 *
 * @throws CliError `USAGE`.
 */
export function parseGrants(texts: readonly string[]): Capability[] {
  const grants = texts.map((text) => {
    const equals = text.indexOf("=");
    return equals < 0
      ? { kind: text }
      : { kind: text.slice(0, equals), allow: [text.slice(equals + 1)] };
  });
  try {
    new CapabilitySet(grants);
    return grants;
  } catch (cause) {
    if (!(cause instanceof PluginError)) throw cause;
    throw new CliError("USAGE", cause.message, {
      hint: "a capability is written as network, or as network=PATTERN",
      cause,
    });
  }
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
