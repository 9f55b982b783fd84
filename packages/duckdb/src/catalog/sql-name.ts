import { PluginError, type QName } from "@uni/plugin";

const ALIAS = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** `ai.example.geo.haversine` as SQL can say it without quotes: `ai_example_geo_haversine`. */
export function sqlName(qname: QName): string {
  return qname.toString().replaceAll(/[.-]/g, "_");
}

/** DuckDB takes names in any case. */
export function foldName(name: string): string {
  return name.toLowerCase();
}

/** @throws PluginError `ARGUMENTS_INVALID`. */
export function requireAlias(alias: string): void {
  if (ALIAS.test(alias)) return;
  throw new PluginError(
    "ARGUMENTS_INVALID",
    `expected an alias of letters, digits and "_", not starting with a digit, got ${JSON.stringify(alias)}`,
  );
}
