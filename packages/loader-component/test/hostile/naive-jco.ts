// What a host does that trusts jco: transpile, evaluate, instantiate. It proves that the attacks
// work and is never part of the product.
import { compileFunction } from "node:vm";
import { transpileBytes } from "@bytecodealliance/jco-transpile";

type Options = NonNullable<Parameters<typeof transpileBytes>[1]>;
export type Exports = Record<string, unknown>;
export type Imports = Record<string, Exports>;
type Instantiate = (core: (path: string) => WebAssembly.Module, imports: Imports) => Exports;

export interface Transpiled {
  readonly js: string;
  readonly files: Readonly<Record<string, Uint8Array>>;
}

export async function transpile(bytes: Uint8Array, options: Options = {}): Promise<Transpiled> {
  const name = options.name ?? "component";
  const { files } = await transpileBytes(bytes, {
    instantiation: "sync",
    emitTypescriptDeclarations: false,
    noComponentErrorWrapping: false,
    base64Cutoff: 0,
    ...options,
  });
  return { js: new TextDecoder().decode(files[`${name}.js`]), files };
}

/** Evaluates what jco emitted for `instantiation: "sync"` in this very realm, once for all instances. */
export function evaluate({ js, files }: Transpiled): (imports?: Imports) => Exports {
  const body = js.replace(/^export /gm, "");
  // The types know no signature of what is compiled: it takes nothing and returns `instantiate`.
  const load = compileFunction(`"use strict";${body}\nreturn instantiate;`) as () => Instantiate;
  const cores = new Map<string, WebAssembly.Module>();
  const loadCore = (path: string) => {
    const known = cores.get(path) ?? new WebAssembly.Module(Uint8Array.from(files[path] ?? []));
    cores.set(path, known);
    return known;
  };
  const instantiate = load();
  return (imports = {}) => instantiate(loadCore, imports);
}

export function instantiate(transpiled: Transpiled, imports?: Imports): Exports {
  return evaluate(transpiled)(imports);
}

export async function instantiateNaively(bytes: Uint8Array, imports?: Imports): Promise<Exports> {
  return instantiate(await transpile(bytes), imports);
}

/** Calls an export that the caller knows to be a function. */
export function call(exports: Exports, name: string, ...args: unknown[]): unknown {
  const member = exports[name];
  if (typeof member !== "function") throw new TypeError(`the component exports no ${name}`);
  return member(...args);
}

/** Code that a name smuggles in, as an expression; it leaves a mark in the host's realm. */
export const PAYLOAD = "globalThis.PWNED=1";

/** Whether `PAYLOAD` ran in this realm during `host`; errors of `host` do not matter to that. */
export async function payloadRan(host: () => unknown): Promise<boolean> {
  Reflect.deleteProperty(globalThis, "PWNED");
  await Promise.resolve()
    .then(host)
    .catch(() => undefined);
  const ran = Reflect.has(globalThis, "PWNED");
  Reflect.deleteProperty(globalThis, "PWNED");
  return ran;
}
