import { sayFarewell } from "@uni/loader-tests/hostile";
import { attacked } from "./attacked.ts";

await sayFarewell(attacked, process.argv.slice(2));
