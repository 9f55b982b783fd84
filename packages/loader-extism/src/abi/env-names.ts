/** The module from which an Extism PDK imports its host. */
export const ENV_MODULE = "extism:host/env";

/** The functions of that module which this host provides. */
export type EnvName =
  | "alloc"
  | "free"
  | "length"
  | "length_unsafe"
  | "load_u8"
  | "load_u64"
  | "store_u8"
  | "store_u64"
  | "input_length"
  | "input_load_u8"
  | "input_load_u64"
  | "output_set"
  | "error_set";

export const ENV_NAMES: ReadonlySet<string> = new Set<EnvName>([
  "alloc",
  "free",
  "length",
  "length_unsafe",
  "load_u8",
  "load_u64",
  "store_u8",
  "store_u64",
  "input_length",
  "input_load_u8",
  "input_load_u64",
  "output_set",
  "error_set",
]);
