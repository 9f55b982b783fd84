import type { HostFunctionClosure } from "@uni/wasm-rt";
import { fail } from "../check.ts";
import { witNameOf } from "../guests/guest-text.ts";

/** The host function that guests ask. */
export function tick(
  call: HostFunctionClosure["call"],
  more: Partial<HostFunctionClosure> = {},
): HostFunctionClosure {
  return { name: "tick", wit: witNameOf("tick"), docs: "Whatever a check needs.", call, ...more };
}

/** Host functions whose calls stay under way until they are let go. */
export class Gate {
  readonly #held: (() => void)[] = [];
  readonly #arrivals: (() => void)[] = [];
  #open = false;

  readonly call = (): Promise<Uint8Array> =>
    new Promise((resolve) => {
      const go = () => resolve(new Uint8Array(0));
      if (this.#open) go();
      else this.#held.push(go);
      for (const arrived of this.#arrivals.splice(0)) arrived();
    });

  get held(): number {
    return this.#held.length;
  }

  /**
   * Resolves once so many calls are held.
   *
   * @param asking what calls it, and cannot end before.
   */
  async holds(calls: number, asking: Promise<unknown>): Promise<void> {
    const ended = asking.then((answer) => fail("the guest to ask the host function", answer));
    await Promise.race([this.#arrived(calls), ended]);
  }

  async #arrived(calls: number): Promise<void> {
    while (this.#held.length < calls) {
      await new Promise<void>((resolve) => {
        this.#arrivals.push(resolve);
      });
    }
  }

  /** Lets all of them go, and those that come later. */
  open(): void {
    this.#open = true;
    for (const go of this.#held.splice(0)) go();
  }
}
