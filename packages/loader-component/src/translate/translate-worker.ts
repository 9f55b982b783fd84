import { parentPort, workerData } from "node:worker_threads";
import { encodeArtifact } from "../artifact/artifact.ts";
import { decodeComponent } from "../binary/decode-component.ts";
import { ComponentError } from "../component-error.ts";
import { resolveComponent } from "../plan/resolve.ts";
import type { TranslateAnswer, TranslateRequest } from "./translate.ts";

/**
 * A thread for one component. The validator is WebAssembly compiled from Rust: a component that makes
 * it panic leaves it unusable, and then it goes with its thread.
 */
const { bytes, key } = workerData as TranslateRequest;
parentPort?.postMessage(await translate());

async function translate(): Promise<TranslateAnswer> {
  const { componentWit } = await import("@bytecodealliance/jco-transpile/wasm-tools");
  parentPort?.postMessage({ kind: "started" } satisfies TranslateAnswer);
  try {
    // Decoding a component to WIT validates it. What was validated, and nothing else, is decoded here.
    await componentWit(bytes);
  } catch (cause) {
    return { kind: "refused", message: refusal(cause) };
  }
  try {
    const { plan, modules } = resolveComponent(decodeComponent(bytes));
    return { kind: "artifact", bytes: encodeArtifact({ key, plan, modules }) };
  } catch (error) {
    if (!(error instanceof ComponentError)) throw error;
    return { kind: "refused", message: error.message };
  }
}

function refusal(cause: unknown): string {
  if (cause instanceof WebAssembly.RuntimeError) {
    return "the component is not valid: the validator gave up on it";
  }
  const text = cause instanceof Error ? cause.message : String(cause);
  const reason = text.replace(/^Failed to decode wit component\n/, "").replaceAll("\n", "; ");
  return `the component is not valid: ${reason}`;
}
