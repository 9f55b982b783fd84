import { LoaderError, type LoaderErrorCode } from "@uni/wasm-rt";
import type { LoadStage } from "./load-stage.ts";

/** What an author does about a call that failed; undefined where the error says all there is. */
export function adviceOnCall(error: unknown): string | undefined {
  return error instanceof LoaderError ? ON_CALLS[error.code] : undefined;
}

const LESS =
  "do less in one call, or allow more: the limits are those of the loader and of the manifest";

const ON_CALLS: Partial<Record<LoaderErrorCode, string>> = {
  TRAP: "return an error of the function for what it cannot answer: a trap tells its caller nothing",
  OUTPUT_DECODE: "answer as the registration says, or register what it answers",
  IPC: "answer an Arrow IPC stream as docs/arrow-ipc.md describes it",
  TIMEOUT: LESS,
  RESOURCE_LIMIT: LESS,
};

/** What an author does about a plugin that does not load. */
export const ADVICE_ON_LOADS: Partial<Record<LoadStage, string>> = {
  "imports.granted":
    "import only what the loader has; an embedder's function has to be one of its hostFunctions, with the capability in the manifest and in the option grants",
  "manifest.alone": "call it in a function instead",
  "registration.exported": "export them under these names, or register only what is exported",
  "registration.capabilities": "declare the capability in the manifest",
};
