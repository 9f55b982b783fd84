import type { Artifact } from "../../src/artifact/artifact.ts";

/** An artifact that nothing can be made of, of so many bytes. */
export function emptyArtifact(key: string, moduleBytes = 0): Artifact {
  const plan = {
    types: [],
    resources: [],
    imports: [],
    interfaces: [],
    trampolines: [],
    instances: [],
    exports: [],
  };
  return { key, plan, modules: [new Uint8Array(moduleBytes)] };
}
