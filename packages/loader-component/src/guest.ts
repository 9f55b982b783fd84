import {
  attempt,
  type Guest,
  type GuestImports,
  type ReportedFailure,
  reportedError,
} from "@uni/wasm-rt/guest";
import { ComponentError } from "./component-error.ts";
import type { Tagged } from "./host/values.ts";
import type { ComponentImage } from "./image.ts";
import { GuestRun } from "./link/guest-run.ts";
import { Linker } from "./link/linker.ts";

const linkers = new WeakMap<ComponentImage, Linker>();

/** Makes a guest of a component. */
export function createGuest(image: ComponentImage, { services }: GuestImports): Guest {
  let linker = linkers.get(image);
  if (linker === undefined) {
    linker = new Linker(image);
    linkers.set(image, linker);
  }
  return new ComponentGuest(linker, image, services);
}

class ComponentGuest implements Guest {
  readonly #linker: Linker;
  /** What each call may spend. */
  readonly #fuel: bigint | undefined;
  #run: GuestRun | undefined;
  #instantiated = false;
  #called = false;

  constructor(
    linker: Linker,
    { hasStart, fuel }: ComponentImage,
    services: GuestImports["services"],
  ) {
    const run = new GuestRun(services, fuel);
    this.#linker = linker;
    this.#fuel = fuel === undefined ? undefined : BigInt(fuel);
    this.#run = run;
    // Start functions run between instantiations, and no code of the guest runs before its first call.
    if (!hasStart) this.#instantiate(run);
  }

  manifest(): Uint8Array {
    return this.#document("manifest");
  }

  register(): Uint8Array {
    return this.#document("register");
  }

  invokeScalar(qname: string, ipc: Uint8Array): Uint8Array {
    return this.#bytes("invoke-scalar", [qname, ipc]);
  }

  aggNew(qname: string): Uint8Array {
    return this.#bytes("agg-new", [qname]);
  }

  aggUpdate(qname: string, state: Uint8Array, ipc: Uint8Array): Uint8Array {
    return this.#bytes("agg-update", [qname, state, ipc]);
  }

  aggMerge(qname: string, state: Uint8Array, ipc: Uint8Array): Uint8Array {
    return this.#bytes("agg-merge", [qname, state, ipc]);
  }

  aggEvaluate(qname: string, state: Uint8Array): Uint8Array {
    return this.#bytes("agg-evaluate", [qname, state]);
  }

  invokeProcedure(qname: string, ipc: Uint8Array): Uint8Array {
    return this.#bytes("invoke-procedure", [qname, ipc]);
  }

  [Symbol.dispose](): void {
    // Nothing of the guest outlives it.
    this.#run = undefined;
  }

  #document(name: string): Uint8Array {
    // The export's type was compared with the world's, so this is text.
    return new TextEncoder().encode(this.#call(name, []) as string);
  }

  #bytes(name: string, args: readonly unknown[]): Uint8Array {
    // The export's type was compared with the world's: result<list<u8>, fn-error>.
    const result = this.#call(name, args) as
      | Tagged<"ok", Uint8Array>
      | Tagged<"err", ReportedFailure>;
    if (result.tag === "ok") return result.value as Uint8Array;
    throw reportedError(name, result.value as ReportedFailure);
  }

  #call(name: string, args: readonly unknown[]): unknown {
    const run = this.#run;
    if (run === undefined) throw new Error("the guest has ended");
    // Unless this succeeds, the guest answers nothing any more.
    this.#run = undefined;
    this.#instantiate(run);
    if (this.#called) run.refuel(this.#fuel);
    this.#called = true;
    const value = this.#attempt(name, run, () => {
      try {
        return this.#linker.call(run, name, args);
      } finally {
        run.end();
      }
    });
    this.#run = run;
    return value;
  }

  #instantiate(run: GuestRun): void {
    if (this.#instantiated) return;
    this.#instantiated = true;
    this.#attempt("start", run, () => this.#linker.instantiate(run));
  }

  #attempt<T>(name: string, run: GuestRun, body: () => T): T {
    return attempt(ComponentError, name, () => run, body);
  }
}
