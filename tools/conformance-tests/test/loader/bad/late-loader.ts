import { CallEnding, type LoaderOptions } from "@uni/wasm-rt";
import { AroundLoader, type Ending } from "./around-engine.ts";

/** More than any guest here computes. */
const MORE_MS = 60_000;

/** Ends no call by its deadline; whoever aborts it, or closes its plugin, does. */
export class LateLoader extends AroundLoader {
  constructor(options: LoaderOptions) {
    super(options, {
      call: async (run, [guest, what, call, ending]) => {
        using late = lateEnding(ending);
        return await run(guest, what, call, late);
      },
      callSync: (run, [guest, what, call, ending]) => {
        using late = lateEnding(ending);
        return run(guest, what, call, late);
      },
    });
  }
}

function lateEnding(ending: Ending): CallEnding {
  const late = new CallEnding({ waitMs: MORE_MS, runMs: MORE_MS });
  ending.begin();
  ending.enter(() => {
    const { reason } = ending;
    if (reason !== undefined && reason !== "timeout") late.end(reason);
  });
  return late;
}
