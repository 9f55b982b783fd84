// Records what the plugins that are built from sources answer, with the loader that is the reference.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readFixture } from "@uni/fixtures";
import { ExtismLoader } from "@uni/loader-extism";
import { PluginRegistry } from "@uni/plugin";
import { PARITY_CASES } from "../../../packages/conformance/src/loader/parity/cases.ts";
import { Loaded } from "../../../packages/conformance/src/loader/subject.ts";

const TARGET = fileURLToPath(
  new URL("../../../packages/conformance/src/loader/parity/recorded.ts", import.meta.url),
);

await using loader = new ExtismLoader({ isolation: "inline" });
const recorded: Record<string, readonly string[]> = {};
for (const { id, plugin, answer } of PARITY_CASES) {
  const registry = new PluginRegistry();
  const loaded = await loader.load(readFixture(plugin), { registry });
  recorded[id] = await answer(new Loaded(loader, loaded, registry));
}

writeFileSync(
  TARGET,
  `// Written by \`pnpm --filter @uni/conformance-tests record\`; @uni/loader-extism is the reference.

/** What the cases of parity answer, a text for each value. */
export const RECORDED: Readonly<Record<string, readonly string[]>> = ${JSON.stringify(recorded)};
`,
);
