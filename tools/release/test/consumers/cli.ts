import { run } from "@uni/cli";

export const status: number = await run(["inspect", "geo.wasm", "--json"], process);
