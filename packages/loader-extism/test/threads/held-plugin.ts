import type { CallOptions } from "@uni/plugin";
import { FnError } from "@uni/plugin";
import type { HostFunctionClosure, LoaderOptions, LoadOptions } from "@uni/wasm-rt";
import { vi } from "vitest";
import { columns } from "../doubles.ts";
import { env, loadWat, user } from "../wat-plugin.ts";

export const one = columns({ x: [1] });

/** A call's body: what the host function gave has so many bytes, which is the status less one. */
export const bytesGiven = (name: string): string =>
  `(i32.add (i32.const 1) (i32.wrap_i64 (call $length (call $${name} (i64.const 0)))))`;
export const LENGTH: string = env("length", "(param i64) (result i64)");

/** A plugin whose calls stay under way until the test lets them go. */
export async function loadHeld(options: LoadOptions = {}, loaderOptions: LoaderOptions = {}) {
  const held: (() => void)[] = [];
  const gate: HostFunctionClosure = {
    name: "gate",
    docs: "In: nothing. Out: nothing, once the test says so.",
    call: () =>
      new Promise((resolve) => {
        held.push(() => resolve(new Uint8Array()));
      }),
  };
  const { plugin, scalar } = await loadWat(
    { imports: user("gate") + LENGTH, body: bytesGiven("gate") },
    options,
    { hostFunctions: [gate], ...loaderOptions },
  );
  return {
    plugin,
    scalar,
    /** Starts a call; it comes to "done", or to what it was refused with. */
    start: (callOptions?: CallOptions): Promise<unknown> =>
      scalar.invoke(one, callOptions).catch((error: unknown) => {
        return error instanceof FnError ? "done" : error;
      }),
    /** Waits until so many calls are under way. */
    underWay: (calls: number) =>
      vi.waitFor(
        () => {
          if (held.length !== calls) throw new Error(`${held.length} calls are under way`);
        },
        { timeout: 10_000 },
      ),
    /** Lets the calls go that are under way. */
    letGo: () => {
      for (const release of held.splice(0)) release();
    },
  };
}
