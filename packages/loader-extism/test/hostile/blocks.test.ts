// What only a guest of Extism can do: take and fill blocks of its host.
import { type Attack, hostileChecks } from "@uni/conformance";
import { testChecks } from "@uni/conformance/vitest";
import { conforming } from "../conformance/conforming.ts";
import { guestOf } from "../conformance/guest-of.ts";
import { env } from "../wat-plugin.ts";

const forever = (instructions: string) => `(loop $forever ${instructions} (br $forever))`;
const SOON_MS = 100;
const LATE_MS = 20_000;

const ATTACKS: readonly Attack[] = [
  {
    name: "a flood of variables of 400 MB",
    body: `(local.set $j (call $alloc (i64.const 400000000)))
      ${forever("(call $var_set (local.get $j) (local.get $j))")}`,
    deadlineMs: LATE_MS,
    code: "RESOURCE_LIMIT",
    extraMiB: 400,
  },
  {
    name: "blocks of 1 MB without end",
    body: forever("(drop (call $alloc (i64.const 1000000)))"),
    deadlineMs: LATE_MS,
    code: "RESOURCE_LIMIT",
    extraMiB: 600,
  },
  {
    name: "empty blocks without end",
    body: forever("(drop (call $alloc (i64.const 0)))"),
    deadlineMs: LATE_MS,
    code: "RESOURCE_LIMIT",
  },
  {
    name: "blocks that are allocated and freed for ever",
    body: forever("(call $free (call $alloc (i64.const 100)))"),
    deadlineMs: SOON_MS,
    code: "TIMEOUT",
  },
];

const VARIABLES = env("var_set", "(param i64 i64)");
testChecks(
  hostileChecks(ATTACKS, {
    ...conforming,
    guest: async ({ text }) => text && guestOf(text, VARIABLES),
  }),
);
