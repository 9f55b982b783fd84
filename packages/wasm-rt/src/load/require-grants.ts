import { CapabilitySet, type PluginManifest, SURFACE_CAPABILITIES } from "@uni/plugin";
import type { LoaderError } from "../errors/loader-error.ts";
import { type HostFunction, isGranted } from "../host/host-function.ts";
import type { PluginFormat } from "./plugin-format.ts";

/** Both sides of a plugin's capabilities, and what came of them. */
export interface Grants {
  readonly manifest: PluginManifest;
  readonly granted: CapabilitySet;
  readonly effective: CapabilitySet;
}

/**
 * What there is to grant at all: the surfaces, what a host function stands behind, and the settings
 * where the host has any. A manifest may declare more, which is then denied.
 */
export function providedCapabilities(
  hostFunctions: ReadonlyMap<string, HostFunction>,
  config: object | undefined,
): CapabilitySet {
  const required = [...hostFunctions.values()].flatMap(({ requires }) => requires ?? []);
  return new CapabilitySet([
    ...SURFACE_CAPABILITIES,
    ...required,
    ...(config === undefined ? [] : ["config"]),
  ]);
}

/** @throws the loader's `INSTANTIATE`, naming every import that this host has no function for. */
export function requireHostFunctions<E extends LoaderError>(
  format: PluginFormat<unknown, E>,
  image: unknown,
  hostFunctions: ReadonlyMap<string, HostFunction>,
): void {
  const missing = format.hostImports(image).filter((name) => !hostFunctions.has(name));
  if (missing.length === 0) return;
  throw new format.errors(
    "INSTANTIATE",
    `the plugin imports host functions that this host does not have: ${missing.join(", ")}`,
  );
}

/**
 * @throws the loader's `CAPABILITY_DENIED`, naming every import whose capability is not effective,
 * and which side it lacks.
 */
export function requireGrants<E extends LoaderError>(
  format: PluginFormat<unknown, E>,
  image: unknown,
  hostFunctions: ReadonlyMap<string, HostFunction>,
  { manifest, granted, effective }: Grants,
): void {
  const denied = format.hostImports(image).flatMap((name) => {
    const hostFunction = hostFunctions.get(name);
    const { requires = "" } = hostFunction ?? {};
    if (hostFunction === undefined || isGranted(hostFunction, effective)) return [];
    const sides = [
      manifest.capabilities.has(requires) ? "" : "its manifest does not declare it",
      granted.has(requires) ? "" : "the host does not grant it",
    ];
    return [`${name} needs "${requires}" (${sides.filter(Boolean).join(", and ")})`];
  });
  if (denied.length === 0) return;
  throw new format.errors(
    "CAPABILITY_DENIED",
    `${manifest.id} imports what it may not use: ${denied.join("; ")}`,
  );
}
