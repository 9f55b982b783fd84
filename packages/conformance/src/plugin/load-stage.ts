import { FnError, PluginError } from "@uni/plugin";
import type { LoaderError } from "@uni/wasm-rt";

/** What has to be true for a plugin to load, in the order in which failing is told apart. */
export const LOAD_STAGES = {
  "plugin.loads": "is WebAssembly that this loader takes, and starts",
  "imports.granted":
    "imports only what the host has, behind capabilities that its manifest declares",
  "manifest.alone": "gives its manifest without calling a host function",
  "manifest.valid": "gives a manifest that is well-formed",
  "manifest.abi": "is built for the host's ABI",
  "registration.valid": "gives a registration that is well-formed",
  "registration.exported": "exports every function that it registers",
  "registration.capabilities": "declares the capability of every function that it registers",
} as const;

export type LoadStage = keyof typeof LOAD_STAGES;

/** Which of them is not true of a plugin whose load ended with this error. */
export function failedStage(error: LoaderError): LoadStage {
  const { code, message } = error;
  switch (code) {
    case "INSTANTIATE":
      return "imports.granted";
    case "ABI_UNSUPPORTED":
      return "manifest.abi";
    case "CAPABILITY_DENIED":
      if (message.startsWith("manifest called")) return "manifest.alone";
      return / registers the \w+ /.test(message) ? "registration.capabilities" : "imports.granted";
    case "MANIFEST_INVALID":
      return failedDocument(error);
    default:
      // What a guest did wrong is told with the name of the function that it was in.
      if (/^manifest\b/.test(message)) return "manifest.valid";
      return /^register\b/.test(message) ? "registration.valid" : "plugin.loads";
  }
}

/** One code stands for all that can be wrong with either document. */
function failedDocument({ cause, message }: LoaderError): LoadStage {
  if (cause instanceof PluginError) {
    return cause.code === "REGISTRATION_INVALID" ? "registration.valid" : "manifest.valid";
  }
  if (cause instanceof FnError) {
    return message.startsWith("register failed") ? "registration.valid" : "manifest.valid";
  }
  if (message.includes("registers functions that it does not export")) {
    return "registration.exported";
  }
  return /^expected the registration of /.test(message) ? "registration.valid" : "manifest.valid";
}
