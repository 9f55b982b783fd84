import type { UnsharedBytes } from "@uni/wasm-rt";
import { forever, i32 } from "../../../guests/wat.ts";
import { type Attack, LATE_MS } from "../attack.ts";

// (module (type (array (mut i64))))
const GC: UnsharedBytes = new Uint8Array([
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x04, 0x01, 0x5e, 0x7e, 0x01],
]);

/** Guests that fill the engine's own heap. */
export const HEAP: readonly Attack[] = [
  {
    name: "a list of arrays without end",
    fields: `(type $bytes (array (mut i64)))
      (type $node (struct (field (ref $bytes)) (field (ref null $node))))
      (global $list (mut (ref null $node)) (ref.null $node))`,
    body: forever(`(global.set $list
      (struct.new $node (array.new_default $bytes ${i32(1000)}) (global.get $list)))`),
  },
  {
    name: "one huge array",
    fields: "(type $bytes (array (mut i64)))",
    body: `(drop (array.new_default $bytes ${i32(100_000_000)}))`,
  },
  {
    name: "huge arrays, one after another",
    fields: "(type $bytes (array (mut i64)))",
    body: forever(`(drop (array.new_default $bytes ${i32(1_000_000)}))`),
  },
].map((attack) => ({
  ...attack,
  deadlineMs: LATE_MS,
  code: "RESOURCE_LIMIT",
  newest: true,
  needs: GC,
  // What the budget of the heap allows.
  extraMiB: 600,
}));
