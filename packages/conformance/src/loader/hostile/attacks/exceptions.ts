import type { UnsharedBytes } from "@uni/wasm-rt";
import { MEMORY } from "../../../guests/guest-text.ts";
import { forever, i32 } from "../../../guests/wat.ts";
import { type Attack, LATE_MS, SOON_MS } from "../attack.ts";

const CAUGHT = (inside: string) => `(try (do ${inside}) (catch_all))`;
const CAUGHT_NEW = (inside: string) => `(block $caught (try_table (catch_all $caught) ${inside}))`;
// (module (func (block (try_table (catch_all 0)))))
const TRY_TABLE: UnsharedBytes = new Uint8Array([
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x04, 0x01, 0x60, 0x00, 0x00],
  ...[0x03, 0x02, 0x01, 0x00, 0x0a, 0x0d, 0x01, 0x0b, 0x00],
  ...[0x02, 0x40, 0x1f, 0x40, 0x01, 0x02, 0x00, 0x0b, 0x0b, 0x0b],
]);
const DEEPER = "(func $deeper (result i32) (i32.add (call $deeper) (i32.const 1)))";

/** Guests that catch whatever ends them, and guests that throw for ever. */
export const EXCEPTIONS: readonly Attack[] = [
  { name: "catch_all around a loop", body: forever(CAUGHT(forever())) },
  { name: "try_table around a loop", body: forever(CAUGHT_NEW(forever())), ...newest() },
  {
    name: "catch_all around a loop of log messages",
    body: forever(CAUGHT(forever(`(call $log ${i32(MEMORY.data)} ${i32(8)})`))),
  },
  {
    name: "try_table around a loop of log messages",
    body: forever(CAUGHT_NEW(forever(`(call $log ${i32(MEMORY.data)} ${i32(8)})`))),
    ...newest(),
  },
  {
    name: "catch_all around a recursion, for ever",
    fields: DEEPER,
    body: forever(CAUGHT("(drop (call $deeper))")),
    code: "TRAP",
  },
  {
    name: "exceptions that are thrown and caught for ever",
    fields: `(tag $t (param ${"i64 ".repeat(100)}))`,
    body: forever(CAUGHT(`(throw $t ${"(i64.const 1)".repeat(100)})`)),
    code: "RESOURCE_LIMIT",
    deadlineMs: LATE_MS,
  },
  {
    name: "an exception that nobody catches",
    fields: "(tag $t)",
    body: "(throw $t)",
    code: "TRAP",
  },
].map((attack): Attack => ({ deadlineMs: SOON_MS, code: "TIMEOUT", ...attack }));

function newest(): Pick<Attack, "newest" | "needs"> {
  return { newest: true, needs: TRY_TABLE };
}
