import type { createPlugin } from "@extism/extism";
import { ExtismError } from "../extism-error.ts";

/** The part of the SDK that is used. */
export interface Sdk {
  readonly createPlugin: typeof createPlugin;
}

/** @throws ExtismError `INSTANTIATE` where the optional peer dependency cannot be imported. */
export async function loadSdk(
  importSdk: () => Promise<Sdk> = () => import("@extism/extism"),
): Promise<Sdk> {
  try {
    return await importSdk();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ExtismError(
      "INSTANTIATE",
      `ExtismSdkLoader needs the official SDK; install @extism/extism@2.0.0-rc13 (${reason})`,
      { cause },
    );
  }
}
