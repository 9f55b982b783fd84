import type { Field, Schema } from "apache-arrow";
import { IpcError } from "./ipc-error.ts";

/** The Arrow extension type that tags a column as a secret handle. */
export const SECRET_HANDLE_EXTENSION = "uni-db.secret-handle";

// Arrow columnar format, "Extension Types": the name of a field's extension type is kept under this key.
const EXTENSION_NAME_KEY = "ARROW:extension:name";

/**
 * Refuses a schema in which a field at any depth is tagged as a secret.
 *
 * @throws IpcError `IPC_SECRET_LEAK`, whose `column` is the path of the tagged field.
 */
export function refuseSecrets(schema: Schema, direction: "to the guest" | "from the guest"): void {
  const path = pathToSecret(schema.fields);
  if (path !== undefined) throw secretLeak(path, direction);
}

/** Names down to the first field that is tagged; the children of a dictionary are its values'. */
function pathToSecret(fields: readonly Field[] | null): string | undefined {
  for (const { name, type, metadata } of fields ?? []) {
    if (metadata.size > 0 && tagsSecret(metadata)) return name;
    const below = pathToSecret(type.children);
    if (below !== undefined) return `${name}.${below}`;
  }
  return undefined;
}

/**
 * Whether the metadata of a field tags it as a secret. A key may come twice in bytes, and which one
 * counts is each reader's choice; so any of them does.
 */
export function tagsSecret(metadata: Iterable<readonly [key: string, value: string]>): boolean {
  for (const [key, value] of metadata) {
    if (key === EXTENSION_NAME_KEY && value === SECRET_HANDLE_EXTENSION) return true;
  }
  return false;
}

export function secretLeak(path: string, direction: "to the guest" | "from the guest"): IpcError {
  return new IpcError(
    "IPC_SECRET_LEAK",
    `column ${path} is tagged ${SECRET_HANDLE_EXTENSION} and must not cross ${direction}; drop it or resolve the secret on the host`,
    { column: path, rule: "secret-column" },
  );
}
