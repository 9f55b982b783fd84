import { parseRegistration, type Registration, type RegistrationEntry } from "../../src/index.ts";

/** Parses these entries the way they come, as JSON. */
export function registrationOf(entries: readonly unknown[], pluginId?: string): Registration {
  return parseRegistration(JSON.stringify({ entries }), pluginId);
}

/** Parses one entry. */
export function entryOf(entry: object): RegistrationEntry | undefined {
  return registrationOf([entry]).entries[0];
}
