import type { Registration } from "@uni/plugin";
import type { UnsharedBytes } from "@uni/wasm-rt";
import { type PluginFormat, requireKind, requirePromised, siblingModule } from "@uni/wasm-rt";
import { type Artifact, isArtifact } from "./artifact/artifact.ts";
import { readArtifact } from "./artifact/read-artifact.ts";
import { compile } from "./compile.ts";
import { ComponentError } from "./component-error.ts";
import type { ComponentImage } from "./image.ts";

/**
 * The component half of the load pipeline.
 *
 * @param translate takes a component apart.
 */
export function componentFormat(
  translate: (component: UnsharedBytes) => Promise<Artifact>,
): PluginFormat<ComponentImage, ComponentError> {
  return {
    abiField: "abi",
    hostAbi: "1.0.0",
    errors: ComponentError,
    guestModule: siblingModule(import.meta.url, "./guest"),
    compile: async (bytes, limits) => {
      if (isArtifact(bytes)) return compile(readArtifact(bytes), limits);
      requireComponent(bytes);
      // The bytes are the load's own copy, so never on shared memory.
      return compile(await translate(bytes as UnsharedBytes), limits);
    },
    importName: ({ wit }) => wit,
    hostImports: ({ hostImports }) => hostImports,
    requireExports,
  };
}

/** @throws ComponentError `INVALID_PLUGIN`, saying what the bytes are, and who takes that. */
export function requireComponent(bytes: Uint8Array): void {
  requireKind(ComponentError, bytes, "component", {
    "core module": "a core module; @uni/loader-extism loads those that are Extism plugins",
    "WebAssembly text": "WebAssembly text; parse it first, for example with wasm-tools",
  });
}

function requireExports({ plan }: ComponentImage, { entries }: Registration): void {
  const promised = entries.flatMap(({ kind }) => SURFACE_EXPORTS[kind]);
  const exported = plan.exports.map(({ name }) => name);
  requirePromised(ComponentError, promised, exported);
}

const SURFACE_EXPORTS: Readonly<Record<Registration["entries"][number]["kind"], string[]>> = {
  scalar: ["invoke-scalar"],
  aggregate: ["agg-new", "agg-update", "agg-merge", "agg-evaluate"],
  procedure: ["invoke-procedure"],
};
