import type { UnsharedBytes } from "@uni/wasm-rt";
import { forever, i32 } from "../../../guests/wat.ts";
import { type Attack, SOON_MS } from "../attack.ts";

// (module (memory 1) (memory 1))
const SEVERAL_MEMORIES: UnsharedBytes = new Uint8Array([
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x05, 0x05, 0x02, 0x00, 0x01, 0x00, 0x01],
]);

/** Guests that sleep. */
export const WAITS: readonly Attack[] = [
  ["that never ends", "(i64.const -1)"],
  ["of an hour", "(i64.const 3600000000000)"],
  ["of a millisecond, again and again", "(i64.const 1000000)"],
].flatMap(([what, nanoseconds]): Attack[] => {
  const wait = (memory: string) =>
    forever(`(drop (memory.atomic.wait32 ${memory} ${i32(0)} ${i32(0)} ${nanoseconds}))`);
  const waiting = { newest: true, deadlineMs: SOON_MS, code: "TIMEOUT" };
  return [
    { name: `a wait ${what}`, body: wait(""), memory: "2 2 shared", ...waiting },
    {
      name: `a wait ${what}, on a second memory`,
      fields: "(memory $shared 1 1 shared)",
      body: wait("$shared"),
      needs: SEVERAL_MEMORIES,
      ...waiting,
    },
  ];
});
