/**
 * What a fresh guest and a call of about 1 KB cost, as ratios to the least that the ABI costs in
 * JavaScript.
 *
 *     pnpm bench --only extism
 */
import { createPlugin } from "@extism/extism";
import { type Case, takeTurns } from "@uni/bench";
import { cannedExtismGuest } from "@uni/fixtures";
import { FLOAT64, NO_SERVICES, registrationOf } from "@uni/loader-tests";
import {
  CallEnding,
  DEFAULT_PLUGIN_LIMITS,
  encodeBatch,
  type GuestCall,
  runWithin,
} from "@uni/wasm-rt";
import { compile } from "../src/compile.ts";
import { createGuest } from "../src/guest.ts";
import { ExtismLoader } from "../src/index.ts";
import { compileForSdk } from "../src/sdk/compile-for-sdk.ts";
import { ExtismSdkLoader } from "../src/sdk/index.ts";
import { SdkEngine } from "../src/sdk/sdk-engine.ts";
import { bareEcho } from "./bare-echo.ts";
import { columns } from "./doubles.ts";

const QNAME = "ai.example.canned.f";
const EXPORT = "invoke_ai_example_canned_f";
// About 1 KB as an Arrow IPC stream.
const batch = columns({ arg0: Array.from({ length: 92 }, (_, row) => row / 3) });
const ipc = encodeBatch(batch);
const call: GuestCall = { method: "invokeScalar", args: [QNAME, ipc] };
const bytes = await cannedExtismGuest({
  register: registrationOf({ args: [FLOAT64], returns: FLOAT64 }),
  functions: { [EXPORT]: { kind: "echo" } },
});
const module = new WebAssembly.Module(bytes);
const imports = { services: NO_SERVICES, config: {} };
const image = await compile(bytes, DEFAULT_PLUGIN_LIMITS);
const engine = new SdkEngine({ createPlugin }, await compileForSdk(bytes, DEFAULT_PLUGIN_LIMITS));
const source = await engine.bind({
  services: { ...NO_SERVICES, functions: new Map() },
  config: {},
});
const [scalar] = (await new ExtismLoader({ isolation: "inline" }).load(bytes)).scalars;
const [sdkScalar] = (await new ExtismSdkLoader().load(bytes)).scalars;

const viaSdk = async (plugin: ReturnType<typeof createPlugin>) => {
  const echo = await (await plugin).call(EXPORT, ipc);
  await (await plugin).close();
  return echo?.bytes().length;
};
const CASES: readonly (readonly [name: string, expected: number, run: Case["run"]])[] = [
  [
    "floor: an instance, a hand-written env",
    ipc.length,
    () => bareEcho(module, EXPORT, ipc).length,
  ],
  [
    "a deadline around nothing",
    0,
    () =>
      runWithin(
        1_000,
        () => 0,
        () => new Error("late"),
      ),
  ],
  [
    "our guest: create, call, dispose",
    ipc.length,
    () => {
      using guest = createGuest(image, imports);
      return guest.invokeScalar(QNAME, ipc).length;
    },
  ],
  [
    "ExtismLoader: batch to vector, deadline",
    batch.numRows,
    () => scalar?.invokeSync(batch).length,
  ],
  ["the SDK alone, compiled module", ipc.length, () => viaSdk(createPlugin(module))],
  [
    "SDK engine: create, call, dispose, deadline",
    ipc.length,
    async () => {
      using guest = source.create();
      using ending = new CallEnding({ waitMs: 1_000, runMs: 1_000 });
      return (await source.call(guest, "echo", call, ending)).length;
    },
  ],
  [
    "ExtismSdkLoader: batch to vector, deadline",
    batch.numRows,
    async () => (await sdkScalar?.invoke(batch))?.length,
  ],
  [
    "the SDK alone, bytes every time",
    ipc.length,
    () => viaSdk(createPlugin({ wasm: [{ data: bytes }] })),
  ],
];

await takeTurns(
  "a fresh guest that echoes 1 KB",
  CASES.map(([name, expected, run]) => ({ name, expected, run })),
  { rounds: 150, callsPerRound: 10, warmUpRounds: 20 },
);
