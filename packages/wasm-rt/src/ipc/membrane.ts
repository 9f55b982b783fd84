import type { Schema } from "apache-arrow";
import { IpcError } from "./ipc-error.ts";
import { walkFields } from "./walk-fields.ts";

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
  for (const { field, path } of walkFields(schema)) {
    if (field.metadata.get(EXTENSION_NAME_KEY) !== SECRET_HANDLE_EXTENSION) continue;
    throw new IpcError(
      "IPC_SECRET_LEAK",
      `column ${path} is tagged ${SECRET_HANDLE_EXTENSION} and must not cross ${direction}; drop it or resolve the secret on the host`,
      { column: path },
    );
  }
}
