import { ExtismError, ExtismLoader } from "@uni/loader-extism";
import { FAREWELLS } from "../../../../../packages/conformance/src/loader/farewell.ts";
import { conforming } from "../../../../../packages/loader-extism/test/conformance/conforming.ts";
import {
  type Broken,
  broken,
  refusal,
  textOf,
  withGuest,
  withPlugin,
  withScalar,
} from "../broken.ts";

const SECOND = {
  fields: textOf("steered").fields?.replace("(mut f64) (f64.const 0)", "(mut f64) (f64.const 1)"),
};
const neverClosing = withPlugin(() => ({ close: async () => {} }));
const closingAtOnce = withPlugin((plugin) => ({
  close: async () => void plugin.close(),
}));
const endingOtherwise = withScalar((scalar) => ({
  invoke: (...args) =>
    scalar.invoke(...args).catch((error: unknown) => {
      const closed = error instanceof ExtismError && error.code === "CLOSED";
      throw closed ? refusal("ABORTED", "it was closed") : error;
    }),
}));
class StayingLoader extends ExtismLoader {
  override async close(): Promise<void> {}
}
class ForgetfulLoader extends ExtismLoader {
  override load(...args: Parameters<ExtismLoader["load"]>): ReturnType<ExtismLoader["load"]> {
    return new ExtismLoader({ isolation: "inline" }).load(...args);
  }
}

/** Its guest answers at once, where it should compute for ever. */
const quiet = withGuest("spin-forever", { scalar: textOf("echo").scalar });
/** Its process says something, as its module has it. */
const loud = { ...conforming, module: new URL("../processes/complaining.ts", import.meta.url) };

export const FAILING_ENDS: readonly Broken[] = [
  broken("close.waits", /expected close to wait for the call, got/, closingAtOnce),
  broken("close.waits", /the answer to be \[1\], got \[2\]/, withGuest("steered", SECOND)),
  broken("close.refuses", /expected invoke to be refused, got/, neverClosing),
  broken("close.destroy", /the code CLOSED, got "ABORTED/, endingOtherwise),
  broken("close.loader", /expected invoke to be refused, got/, {
    ...conforming,
    make: (options) => new StayingLoader(options),
  }),
  broken("close.loader", /expected invoke to be refused, got/, {
    ...conforming,
    make: (options) => new ForgetfulLoader(options),
  }),
  ...Object.keys(FAREWELLS).map((farewell) =>
    broken(`process.${farewell}`, /expected the call to end with TIMEOUT, got ""/, quiet),
  ),
  broken("process.nothing", /the exit status and the standard error .* got \[0,"wait/, loud),
];
