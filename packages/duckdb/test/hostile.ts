import { cannedExtismGuest } from "@uni/fixtures";
import { ExtismLoader } from "@uni/loader-extism";
import type { PluginRegistry } from "@uni/plugin";
import { closing } from "./database.ts";

const ID = "ai.example.hostile";
const DOUBLE = { kind: "primitive", arrow: "float64" };
const entry = (local: string) => ({
  kind: "scalar",
  qname: `${ID}.${local}`,
  signature: { args: [DOUBLE], returns: DOUBLE, volatility: "volatile" },
});

/** Loads a plugin that loops, traps, fails, gives garbage or asks for all memory, as one asks it to. */
export async function loadHostile(
  registry: PluginRegistry,
  isolation: "inline" | "thread",
): Promise<void> {
  const locals = ["loop", "trap", "fail", "garbage", "bomb"];
  const bytes = await cannedExtismGuest({
    manifest: JSON.stringify({
      id: ID,
      version: "6.6.6",
      "abi-extism": "^1",
      capabilities: ["scalar-fn"],
    }),
    register: JSON.stringify({ entries: locals.map(entry) }),
    functions: {
      invoke_ai_example_hostile_loop: { kind: "loop" },
      invoke_ai_example_hostile_trap: { kind: "trap", message: "I \u001b[31mdied\u0000" },
      invoke_ai_example_hostile_fail: { kind: "fail", status: 7, message: "no such place" },
      invoke_ai_example_hostile_garbage: { kind: "output", bytes: new Uint8Array(64).fill(255) },
      invoke_ai_example_hostile_bomb: { kind: "allocate", count: 4096, bytes: 1 << 20 },
    },
  });
  const loader = new ExtismLoader({ isolation, limits: { memoryPages: 64 } });
  const loaded = await loader.load(bytes, { registry });
  closing(() => loaded.destroy());
}
