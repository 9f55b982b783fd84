import { i32 } from "../../../guests/wat.ts";
import { type Attack, LATE_MS, TEXT_AT, USUAL_BYTES } from "../attack.ts";

const answer = (length: number): string => `(call $answer ${i32(0)} ${i32(length)})`;
const text = (length: number): string => `(call $answer ${i32(TEXT_AT)} ${i32(length)})`;
const GIBIBYTE = 2 ** 30;

/** Guests that answer more than anybody can use. */
export const ANSWERS: readonly Attack[] = [
  {
    name: "an answer of the whole memory",
    memory: "1024",
    body: answer(USUAL_BYTES),
    // It is no Arrow stream, where a format has room for it beside the memory.
    code: ["IPC", "RESOURCE_LIMIT"],
    extraMiB: 200,
  },
  {
    name: "an answer of 1 GiB",
    memory: "16384",
    limits: { memoryPages: 16_384 },
    body: answer(GIBIBYTE),
    // It is no Arrow stream, where it is not too long before.
    code: ["IPC", "RESOURCE_LIMIT"],
    extraMiB: 1300,
  },
  {
    name: "an answer as long as an address can say",
    body: answer(2 ** 32 - 1),
    code: ["TRAP", "RESOURCE_LIMIT"],
  },
  {
    name: "an error message of 100 MB",
    memory: "2048",
    limits: { memoryPages: 2048 },
    body: `(call $refuse ${i32(1)} ${i32(TEXT_AT)} ${i32(100_000_000)})`,
    // A format may read the start of it, or refuse all of it.
    code: ["FN_ERROR", "RESOURCE_LIMIT"],
    extraMiB: 400,
  },
  {
    name: "an error message of 10 MB",
    memory: "1024",
    body: `(call $refuse ${i32(1)} ${i32(TEXT_AT)} ${i32(10_000_000)})`,
    code: "FN_ERROR",
  },
  {
    name: "a manifest of 10 MB",
    at: "manifest",
    memory: "1024",
    body: text(10_000_000),
    code: "MANIFEST_INVALID",
  },
  {
    name: "a registration of 10 MB",
    at: "register",
    memory: "1024",
    body: text(10_000_000),
    code: "MANIFEST_INVALID",
  },
  {
    name: "a registration of 100 MB",
    at: "register",
    memory: "2048",
    limits: { memoryPages: 2048 },
    body: text(100_000_000),
    code: ["MANIFEST_INVALID", "RESOURCE_LIMIT"],
    extraMiB: 400,
  },
].map((attack): Attack => ({ deadlineMs: LATE_MS, ...attack }) as Attack);
