// node build.mjs: builds the plugin for every format, each to a file in dist/.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { buildGuest, componentAbi, extismAbi, writeWhole } from "@uni/guest-kit";

const BUILDS = [
  { file: "extism.wasm", entry: "index.ts", abi: extismAbi },
  { file: "component.wasm", entry: "component.ts", abi: componentAbi({ world: "scalar-plugin" }) },
];

// A build that fails leaves none behind, which the tests would go on with.
rmSync(join(import.meta.dirname, "dist"), { recursive: true, force: true });
for (const { file, entry, abi } of BUILDS) {
  const wasm = await buildGuest({ entry: join(import.meta.dirname, "assembly", entry), abi });
  writeWhole(join(import.meta.dirname, "dist", file), wasm);
}
