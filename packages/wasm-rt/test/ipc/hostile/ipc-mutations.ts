/**
 * Judges mutations of streams of every type: nothing but an `IpcError` may come of one, or a batch that
 * arrow-rs reads with the same values.
 *
 *     pnpm fuzz:ipc [count, default 1000000] [first seed, default 0]
 */
import { type Outcomes, runMutations } from "./mutations.ts";

const [count = 1_000_000, first = 0] = process.argv.slice(2).map(Number);
if (!Number.isSafeInteger(count) || !Number.isSafeInteger(first)) {
  console.error("usage: pnpm fuzz:ipc [count] [first seed]; both are whole numbers");
  process.exit(2);
}
let stopped = false;
process.once("SIGINT", () => {
  stopped = true;
});
let last: Outcomes | undefined;
for (const outcomes of runMutations(first, count)) {
  last = outcomes;
  const done = outcomes.accepted + outcomes.refused + outcomes.wrong.length;
  if (process.stderr.isTTY)
    process.stderr.write(`\r${done} of ${count}, ${outcomes.wrong.length} wrong`);
  // Lets Ctrl-C through.
  await new Promise((resolve) => setImmediate(resolve));
  if (stopped) break;
}
if (process.stderr.isTTY) process.stderr.write("\n");
if (last !== undefined) {
  const rules = [...last.byRule].sort(([, a], [, b]) => b - a);
  console.log(`accepted, with the values of arrow-rs  ${last.accepted}`);
  console.log(`refused                                ${last.refused}`);
  for (const [rule, times] of rules) console.log(`  ${rule.padEnd(37)}${times}`);
  console.log(`wrong                                  ${last.wrong.length}`);
  for (const { seed, of, why } of last.wrong.slice(0, 20))
    console.log(`  seed ${seed}, ${of}: ${why}`);
  if (last.wrong.length > 0) process.exitCode = 1;
}
