// node build.mjs: builds plugins of tools/fixtures for this loader's ABI, to dist/NAME.wasm.
import { join } from "node:path";
import { buildGuest, wrapExports, writeWhole } from "@uni/guest-kit";

const here = import.meta.dirname;
const sources = join(here, "../../../tools/fixtures/guests");

const coreAbi = {
  host: "core host",
  libraries: [join(here, "../assembly")],
  exports: ["uni/abi/exports"],
  hasImport: ({ module }) => module === "uni:plugin",
  passes: [wrapExports({ begin: "uni_begin", end: "uni_end", keep: ["alloc", "dealloc"] })],
};

for (const name of ["geo", "stats", "text", "vec", "stateful"]) {
  const entry = join(sources, name, "index.ts");
  const wasm = await buildGuest({ entry, abi: coreAbi, baseDir: sources });
  writeWhole(join(here, "dist", `${name}.wasm`), wasm);
}
