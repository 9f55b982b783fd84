import { readFixture } from "@uni/fixtures";
import type { ScalarFunction, ScalarSession } from "@uni/plugin";
import type { Isolation, LoadOptions } from "@uni/wasm-rt";
import { ExtismLoader } from "../../src/index.ts";

/** A session of a function that opens them. */
export function open(scalar: ScalarFunction | undefined): ScalarSession {
  const session = scalar?.openSession?.();
  if (session === undefined) throw new Error("functions of guests open sessions");
  return session;
}

/** The plugin whose guests count their calls. */
export async function loadCounting(options: LoadOptions = {}, isolation: Isolation = "thread") {
  const loader = new ExtismLoader({ isolation });
  const plugin = await loader.load(readFixture("stateful"), options);
  const bump = plugin.scalars.find(({ name }) => name.local === "bump");
  if (bump === undefined) throw new Error("the fixture has a function bump");
  return { plugin, bump };
}
