/**
 * What a fresh guest and a call of about 1 KB cost, as ratios to the bare core instances of the same
 * component, and what loading costs, as ratios to compiling its core modules.
 *
 *     pnpm bench --only component
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { takeTurns } from "@uni/bench";
import { cannedComponent, readComponent } from "@uni/fixtures";
import { NO_SERVICES, registrationOf } from "@uni/loader-tests";
import { DEFAULT_PLUGIN_LIMITS, encodeBatch } from "@uni/wasm-rt";
import { Float64, Table, vectorFromArray } from "apache-arrow";
import { decodeComponent } from "../src/binary/decode-component.ts";
import { compile } from "../src/compile.ts";
import { createGuest } from "../src/guest.ts";
import { ComponentLoader } from "../src/index.ts";
import { resolveComponent } from "../src/plan/resolve.ts";
import { PrecompiledLoader } from "../src/precompiled/index.ts";
import { bareCore } from "./bare-core.ts";
import { call, evaluate, type Imports, transpile } from "./hostile/naive-jco.ts";

const INSTANCES = { rounds: 100, callsPerRound: 5, warmUpRounds: 20 };
const HEAVY = { rounds: 30, callsPerRound: 1, warmUpRounds: 5 };
const LOADS = { rounds: 15, callsPerRound: 1, warmUpRounds: 2 };

// About 1 KB as an Arrow IPC stream.
const values = Array.from({ length: 92 }, (_, row) => row / 3);
const [batch] = new Table({ arg0: vectorFromArray(values, new Float64()) }).batches;
if (batch === undefined) throw new Error("the table has no batch");
const ipc = encodeBatch(batch);

const small = await cannedComponent({
  register: registrationOf(),
  // The one that logs makes it import something, as real components do.
  functions: {
    "invoke-scalar": { kind: "echo" },
    "agg-new": { kind: "log", level: "info", message: "new" },
  },
});
await instances("the small component", small, "ai.example.canned.f", INSTANCES);
await loads("the small component", small);
const javascript = readComponent("javascript");
await instances("the JavaScript component", javascript, "ai.example.javascript.echo", HEAVY);
await loads("the JavaScript component", javascript);

async function instances(
  what: string,
  bytes: Uint8Array<ArrayBuffer>,
  qname: string,
  turns: typeof INSTANCES,
): Promise<void> {
  const { plan, modules } = resolveComponent(decodeComponent(bytes));
  const image = await compile({ plan, modules }, DEFAULT_PLUGIN_LIMITS);
  const imports = { services: NO_SERVICES, config: {} };
  const bare = bareCore(plan, image.modules);
  const name = new TextEncoder().encode(qname);
  const instantiateJco = evaluate(await transpile(bytes));
  const answers = stubs(plan.interfaces);
  const [scalar] = (await new ComponentLoader({ cache: false }).load(bytes)).scalars.filter(
    (f) => f.name.toString() === qname,
  );
  await takeTurns(
    `${what}: a fresh guest that echoes 1 KB`,
    [
      {
        name: "floor: bare core instances",
        expected: ipc.length,
        run: () => bare(name, ipc).length,
      },
      {
        name: "our guest: create, call, dispose",
        expected: ipc.length,
        run: () => {
          using guest = createGuest(image, imports);
          return guest.invokeScalar(qname, ipc).length;
        },
      },
      {
        name: "plain jco: evaluated once, instantiate, call",
        expected: ipc.length,
        run: () => {
          const exports = instantiateJco(answers);
          return (call(exports, "invokeScalar", qname, ipc) as Uint8Array).length;
        },
      },
      {
        name: "ComponentLoader: batch to vector, deadline",
        expected: batch?.numRows ?? 0,
        run: () => batch && scalar?.invokeSync(batch).length,
      },
    ],
    turns,
  );
}

async function loads(what: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "uni-bench-"));
  const artifact = await ComponentLoader.precompile(bytes);
  const { modules } = resolveComponent(decodeComponent(bytes));
  const load = (loader: Pick<ComponentLoader, "load">, plugin: Uint8Array) => async () =>
    (await loader.load(plugin)).scalars.length > 0 ? 1 : 0;
  await new ComponentLoader({ cache: folder }).load(bytes);
  const known = new ComponentLoader({ cache: false });
  await known.load(bytes);
  await takeTurns(
    `${what}: loading`,
    [
      {
        name: "floor: compiling its core modules",
        expected: modules.length,
        run: async () => {
          const own = modules.map((module) => Uint8Array.from(module));
          return (await Promise.all(own.map((module) => WebAssembly.compile(module)))).length;
        },
      },
      {
        name: "cold: validated and taken apart",
        expected: 1,
        run: () => load(new ComponentLoader({ cache: false }), bytes)(),
      },
      {
        name: "cached on disk",
        expected: 1,
        run: () => load(new ComponentLoader({ cache: folder }), bytes)(),
      },
      { name: "known to the loader", expected: 1, run: load(known, bytes) },
      { name: "precompiled", expected: 1, run: load(new PrecompiledLoader(), artifact) },
      {
        name: "plain jco: transpiled, compiled",
        expected: 1,
        run: async () => {
          const { files } = await transpile(bytes);
          const cores = Object.entries(files).filter(([name]) => name.endsWith(".wasm"));
          await Promise.all(cores.map(([, core]) => WebAssembly.compile(Uint8Array.from(core))));
          return 1;
        },
      },
    ],
    LOADS,
  );
  await rm(folder, { recursive: true });
}

/** Imports that answer nothing, whatever their names. */
function stubs(interfaces: readonly string[]): Imports {
  // Not an arrow function: some of the names are those of classes.
  const answer = () => 0n;
  const nothing = new Proxy({}, { get: () => answer });
  return Object.fromEntries(interfaces.map((name) => [name.replace(/@.*/, ""), nothing]));
}
