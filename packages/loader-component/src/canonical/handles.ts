import { GuestFault } from "@uni/wasm-rt/guest";
import { trapped } from "./trapped.ts";

interface Handle {
  readonly resource: number;
  readonly object: object;
}

/** How many handles a guest can hold. */
const MAX_HANDLES = 4096;

/**
 * The host's objects that a guest holds, each behind a number. The guest owns all of them: functions of
 * a plugin are passed no handles.
 */
export class Handles {
  #handles: Map<number, Handle> | undefined;
  #last = 0;

  /** Gives the guest an object; the number is never used again. */
  add(resource: number, object: object): number {
    this.#handles ??= new Map();
    if (this.#handles.size >= MAX_HANDLES) {
      throw new GuestFault("RESOURCE_LIMIT", `the guest holds more than ${MAX_HANDLES} handles`);
    }
    this.#last++;
    this.#handles.set(this.#last, { resource, object });
    return this.#last;
  }

  get(resource: number, index: number): object {
    const handle = this.#handles?.get(index);
    if (handle?.resource !== resource) throw trapped(`${index} is no handle of its kind`);
    return handle.object;
  }

  /** Takes an object back. */
  take(resource: number, index: number): object {
    const object = this.get(resource, index);
    this.#handles?.delete(index);
    return object;
  }

  drop(resource: number, index: number): void {
    const object: Partial<Disposable> = this.take(resource, index);
    object[Symbol.dispose]?.();
  }
}
