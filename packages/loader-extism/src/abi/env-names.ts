/** The module from which an Extism PDK imports its host. */
export const ENV_MODULE = "extism:host/env";
/** The module from which a plugin imports host functions. */
export const USER_MODULE = "extism:host/user";

const ENV_FUNCTIONS = [
  "alloc",
  "free",
  "length",
  "length_unsafe",
  "load_u8",
  "load_u64",
  "store_u8",
  "store_u64",
  "input_offset",
  "input_length",
  "input_load_u8",
  "input_load_u64",
  "output_set",
  "error_set",
  "config_get",
  "var_get",
  "var_set",
  "http_request",
  "http_status_code",
  "http_headers",
  "log_trace",
  "log_debug",
  "log_info",
  "log_warn",
  "log_error",
  "get_log_level",
] as const;

/** The functions of `extism:host/env`. */
export type EnvName = (typeof ENV_FUNCTIONS)[number];

export const ENV_NAMES: ReadonlySet<string> = new Set(ENV_FUNCTIONS);
