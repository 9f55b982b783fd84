// node farewell-main.js MODULE ISOLATION FAREWELL < GUEST: what a check runs in a process of its own.
import { buffer } from "node:stream/consumers";
import type { ConformingLoader } from "./conforming-loader.ts";
import { sayFarewell } from "./farewell.ts";

const [module = "", isolation = "", farewell = ""] = process.argv.slice(2);
// The author's own module: what it exports is said at `ConformingLoader.module`.
const { conforming }: { conforming: ConformingLoader } = await import(module);
await sayFarewell(conforming, await buffer(process.stdin), isolation, farewell);
