import type { HostServices } from "@uni/wasm-rt/guest";
import type { HostInterfaceFunction } from "../host/host-interface.ts";
import { UNI_INTERFACES } from "../host/uni-interfaces.ts";
import type { PlanImport } from "../plan/plan.ts";
import { WASI, WASI_DENIED } from "../wasi/wasi.ts";
import type { WasiGuest } from "../wasi/wasi-guest.ts";

/** What stands behind an import of a component. */
export type Provided =
  | { readonly kind: "service"; readonly function: HostInterfaceFunction<HostServices> }
  | { readonly kind: "wasi"; readonly function: HostInterfaceFunction<WasiGuest> }
  /** Nothing: the import may be there, and a call of it is refused. */
  | { readonly kind: "denied" }
  /** A function of the embedder, by its name there; whether it has one is for others to say. */
  | { readonly kind: "embedder"; readonly name: string };

/** What the embedder's functions are to a component. */
const EMBEDDER_SIGNATURE = "func(list<u8>) -> list<u8>";

// Every release of WASI 0.2 only adds to what is there, so one table serves them all.
const WASI_NAME = /^(wasi:[a-z-]+\/[a-z-]+)@0\.2\.[0-9]+$/;

/** Whether the host has an interface of its own by this name and version. */
export function isProvidedInterface(name: string): boolean {
  const wasi = WASI_NAME.exec(name)?.[1];
  if (wasi !== undefined) return WASI.has(wasi) || WASI_DENIED.has(wasi);
  return UNI_INTERFACES.has(name);
}

/** What stands behind an import; undefined where nothing ever can. */
export function provided({ interface: from, name }: PlanImport): Provided | undefined {
  if (from === null) return undefined;
  if (from.startsWith("wasi:")) {
    if (!isProvidedInterface(from)) return undefined;
    const found = WASI.get(WASI_NAME.exec(from)?.[1] ?? "")?.[name];
    return found === undefined ? { kind: "denied" } : { kind: "wasi", function: found };
  }
  if (from.startsWith("uni:")) {
    const found = UNI_INTERFACES.get(from)?.[name];
    return found === undefined ? undefined : { kind: "service", function: found };
  }
  return { kind: "embedder", name: `${from}#${name}` };
}

/** The type that an import must have; undefined where nobody ever looks at its values. */
export function requiredSignature(found: Provided): string | undefined {
  if (found.kind === "denied") return undefined;
  return found.kind === "embedder" ? EMBEDDER_SIGNATURE : found.function.signature;
}
