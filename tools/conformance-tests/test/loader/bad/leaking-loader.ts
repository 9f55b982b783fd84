import type { GuestHandle, LoaderOptions } from "@uni/wasm-rt";
import { AroundLoader } from "./around-engine.ts";

/** Keeps the slot of every guest whose call failed, for as long as there is the loader. */
export class LeakingLoader extends AroundLoader {
  readonly #letGo: () => void;

  constructor(options: LoaderOptions) {
    let letGo = () => {};
    const gone = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const keep = (guest: GuestHandle) => Object.assign(guest, { gone });
    super(options, {
      call: async (run, called) => {
        try {
          return await run(...called);
        } catch (error) {
          keep(called[0]);
          throw error;
        }
      },
      callSync: (run, called) => {
        try {
          return run(...called);
        } catch (error) {
          keep(called[0]);
          throw error;
        }
      },
    });
    this.#letGo = letGo;
  }

  override destroy(): Promise<void> {
    this.#letGo();
    return super.destroy();
  }
}
