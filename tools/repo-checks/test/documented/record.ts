// Keeps the modules of the plugins of docs/writing-a-plugin.md, for machines without a compiler.
import { writeFileSync } from "node:fs";
import {
  COMPILED_PLUGINS,
  compile,
  hashOf,
  inputsOf,
  keptHashes,
  keptModule,
} from "./compiled-plugin.ts";

for (const plugin of COMPILED_PLUGINS) {
  const wasm = compile(plugin);
  if (wasm === undefined) {
    throw new Error(
      `expected a ${plugin.compiler} on the path that can make WebAssembly, got none`,
    );
  }
  writeFileSync(keptModule(plugin), wasm);
  const hashes = { inputs: inputsOf(plugin), wasm: hashOf(wasm) };
  writeFileSync(keptHashes(plugin), `${JSON.stringify(hashes, undefined, 2)}\n`);
  console.log(`${plugin.source}: ${wasm.length} bytes`);
}
