import { encodeBatch, type LoadOptions } from "@uni/wasm-rt";
import { batchOf, doubles, texts } from "../arrow-columns.ts";
import type { Told } from "../canned.ts";

/** Longest that a call may take; what never ends is ended then. */
export const TIMEOUT_MS = 100;

/** A plugin that fails to load or to answer, and how that is said. */
export interface Failure {
  readonly title: string;
  readonly told?: Told;
  readonly options?: LoadOptions;
  readonly code: string;
}

export const FAILURES: readonly Failure[] = [
  { title: "a function that traps", told: { scalar: { kind: "trap" } }, code: "TRAP" },
  { title: "a function without end", told: { scalar: { kind: "loop" } }, code: "TIMEOUT" },
  { title: "a stack that overflows", told: { scalar: { kind: "recurse" } }, code: "TRAP" },
  {
    title: "an error of the function's own",
    told: { scalar: { kind: "error", code: 300, message: "not today — ∅" } },
    code: "FN_ERROR",
  },
  {
    title: "an answer that is no Arrow",
    told: { scalar: { kind: "answer", bytes: Uint8Array.of(1, 2, 3) } },
    code: "IPC",
  },
  {
    title: "an answer of no bytes",
    told: { scalar: { kind: "answer", bytes: new Uint8Array() } },
    code: "IPC",
  },
  {
    title: "an answer of another type",
    told: { scalar: { kind: "answer", bytes: encodeBatch(batchOf(texts(["x"]))) } },
    code: "OUTPUT_DECODE",
  },
  {
    title: "an answer of too many rows",
    told: { scalar: { kind: "answer", bytes: encodeBatch(batchOf(doubles([1, 2]))) } },
    code: "OUTPUT_DECODE",
  },
  { title: "a wrong ABI version", told: { abi: "^2" }, code: "ABI_UNSUPPORTED" },
  { title: "a manifest without an id", told: { manifest: { id: 7 } }, code: "MANIFEST_INVALID" },
  {
    title: "a manifest that is no JSON",
    told: { documents: { manifest: "{" } },
    code: "MANIFEST_INVALID",
  },
  {
    title: "a registration of another plugin's function",
    told: { manifest: { id: "ai.example.other" } },
    code: "MANIFEST_INVALID",
  },
  {
    title: "a registration that is no JSON",
    told: { documents: { register: "[" } },
    code: "MANIFEST_INVALID",
  },
  { title: "a function that is not exported", told: { scalar: null }, code: "MANIFEST_INVALID" },
  {
    title: "a manifest that traps",
    told: { documents: { manifest: { kind: "trap" } } },
    code: "TRAP",
  },
  {
    title: "a manifest without end",
    told: { documents: { manifest: { kind: "loop" } } },
    code: "TIMEOUT",
  },
  {
    title: "a registration without end",
    told: { documents: { register: { kind: "loop" } } },
    code: "TIMEOUT",
  },
  { title: "a start function that traps", told: { start: { kind: "trap" } }, code: "TRAP" },
  { title: "a start function without end", told: { start: { kind: "loop" } }, code: "TIMEOUT" },
  {
    title: "memory beyond the limit from the start",
    told: { memoryPages: 9 },
    options: { limits: { memoryPages: 8 } },
    code: "RESOURCE_LIMIT",
  },
  {
    title: "memory beyond the manifest's own limit",
    told: { memoryPages: 9, manifest: { memory_max_pages: 8 } },
    code: "RESOURCE_LIMIT",
  },
];

/** Failures that have one code, and words that differ for the reason in their titles. */
export const SAME_CODE: readonly Failure[] = [
  {
    title: "the ABI's own field in the manifest is no version",
    told: { abi: "one" },
    code: "MANIFEST_INVALID",
  },
  {
    title: "the module, or the component, has no manifest",
    told: { documents: { manifest: null } },
    code: "INVALID_PLUGIN",
  },
  {
    title: "the module, or the component, has no registration",
    told: { documents: { register: null } },
    code: "INVALID_PLUGIN",
  },
  {
    title: "the bytes have another hash than was pinned, and hashes of their own",
    options: { sha256: "0".repeat(64) },
    code: "INVALID_PLUGIN",
  },
  {
    title: "an error without a message, which a component sets and an Extism plugin leaves out",
    told: { scalar: { kind: "error", code: 1, message: "" } },
    code: "FN_ERROR",
  },
];
