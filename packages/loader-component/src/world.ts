import { requireDocuments } from "@uni/wasm-rt";
import { ComponentError } from "./component-error.ts";
import { isProvidedInterface, provided, requiredSignature } from "./link/provided.ts";
import type { ComponentPlan, PlanImport } from "./plan/plan.ts";
import { signatureText } from "./plan/signature.ts";

const MAX_LISTED = 16;
const DOCUMENT = "func() -> string";
const RESULT = "result<list<u8>, record{code: u32, message: string, retryable: bool}>";

/** What the worlds of `uni:plugin@0.1.0` export, as types alone. */
const WORLD_EXPORTS: ReadonlyMap<string, string> = new Map([
  ["manifest", DOCUMENT],
  ["register", DOCUMENT],
  ["invoke-scalar", `func(string, list<u8>) -> ${RESULT}`],
  ["agg-new", `func(string) -> ${RESULT}`],
  ["agg-update", `func(string, list<u8>, list<u8>) -> ${RESULT}`],
  ["agg-merge", `func(string, list<u8>, list<u8>) -> ${RESULT}`],
  ["agg-evaluate", `func(string, list<u8>) -> ${RESULT}`],
  ["invoke-procedure", `func(string, list<u8>) -> ${RESULT}`],
]);

/** Interfaces that no host has yet, and the capability that a plugin would need for them. */
const WITHOUT_HOST: readonly (readonly [prefix: string, capability: string])[] = [
  ["wasi:sockets/", "network"],
  ["wasi:http/", "network"],
  ["wasi:filesystem/", "filesystem"],
  ["wasi:keyvalue/", "filesystem"],
  ["wasi:config/", "config"],
];

/**
 * Compares a component with the worlds that this loader runs, before anything of it is compiled.
 *
 * @throws ComponentError `INVALID_PLUGIN` for an export that is missing or of another type, with both
 * types; `INSTANTIATE` for imports that no host of this kind provides, naming all of them.
 */
export function requireWorld(plan: ComponentPlan): void {
  requireExportTypes(plan);
  const wrong = plan.imports.flatMap((imported) => importFault(plan, imported) ?? []);
  const resources = new Set(plan.resources.map((resource) => resource.interface));
  const functions = new Set(plan.imports.map((imported) => imported.interface));
  for (const name of resources) {
    // An interface of types alone needs nobody behind it; a resource does.
    if (!functions.has(name) && !isProvidedInterface(name)) wrong.push(missing(name));
  }
  if (wrong.length === 0) return;
  throw new ComponentError(
    "INSTANTIATE",
    `the component imports what this host does not provide: ${listed([...new Set(wrong)])}`,
  );
}

function requireExportTypes(plan: ComponentPlan): void {
  const names = plan.exports.map(({ name }) => name);
  requireDocuments(ComponentError, "component", names);
  const wrong = plan.exports.flatMap((exported) => {
    const expected = WORLD_EXPORTS.get(exported.name);
    const actual = signatureText(plan, exported);
    if (expected === undefined || expected === actual) return [];
    return [`${exported.name}: expected ${expected}, got ${actual}`];
  });
  if (wrong.length === 0) return;
  throw new ComponentError(
    "INVALID_PLUGIN",
    `the component exports functions of other types than the world uni:plugin@0.1.0: ${listed(wrong)}`,
  );
}

function importFault(plan: ComponentPlan, imported: PlanImport): string | undefined {
  const found = provided(imported);
  const { interface: from, name } = imported;
  if (found === undefined) return from === null ? `the function ${name}` : missing(from, name);
  const expected = requiredSignature(found);
  const actual = signatureText(plan, imported);
  if (expected === undefined || expected === actual) return undefined;
  const what = found.kind === "embedder" ? "a function of an embedder is" : "it is";
  return `${from}#${name} as ${actual}, and ${what} ${expected}`;
}

function missing(from: string, name?: string): string {
  if (name !== undefined && isProvidedInterface(from)) return `${from}#${name}`;
  const [, capability] = WITHOUT_HOST.find(([prefix]) => from.startsWith(prefix)) ?? [];
  if (capability === undefined) return from;
  return `${from}, which would need the capability "${capability}"`;
}

/** A message names what a person reads; a component can have thousands of imports. */
function listed(faults: readonly string[]): string {
  const shown = faults.slice(0, MAX_LISTED).join("; ");
  return faults.length > MAX_LISTED ? `${shown}; and ${faults.length - MAX_LISTED} more` : shown;
}
