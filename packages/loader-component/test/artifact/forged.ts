import { createHash } from "node:crypto";
import { type Artifact, encodeArtifact } from "../../src/artifact/artifact.ts";
import { readArtifact } from "../../src/artifact/read-artifact.ts";
import type { ComponentError } from "../../src/component-error.ts";
import { Linker } from "../../src/link/linker.ts";
import type { PlannedComponent } from "../../src/plan/plan.ts";
import { signatureText } from "../../src/plan/signature.ts";
import { refusalOf, verdict } from "../binary/verdict.ts";
import { takenApart } from "../plan/taken-apart.ts";

export const KEY = "of a test";

export function artifactOf(component: Uint8Array): Artifact {
  return { key: KEY, ...takenApart(component) };
}

/** The header of an artifact as data, which nobody checked. */
export function headerOf(artifact: Artifact): Record<string, unknown> {
  const { key, plan, modules } = artifact;
  return JSON.parse(JSON.stringify({ key, modules: modules.map(({ length }) => length), plan }));
}

/** An artifact of any header, with a checksum that is right. */
export function forged(
  header: string | Uint8Array,
  body: Uint8Array = new Uint8Array(),
  headerBytes = Buffer.from(header).length,
): Uint8Array {
  const magic = encodeArtifact({ key: "", modules: [], plan: emptyPlan() }).subarray(0, 8);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(headerBytes);
  return hashed(Buffer.concat([magic, length, Buffer.from(header), body]));
}

/** With the checksum that belongs to the bytes. */
export function hashed(bytes: Uint8Array): Uint8Array {
  return Buffer.concat([bytes, createHash("sha256").update(bytes).digest()]);
}

export function refusalOfArtifact(bytes: Uint8Array): ComponentError {
  return refusalOf(bytes, readArtifact);
}

export function artifactVerdict(bytes: Uint8Array): PlannedComponent | ComponentError {
  return verdict(bytes, readArtifact);
}

export function emptyPlan(): PlannedComponent["plan"] {
  return {
    types: [],
    resources: [],
    imports: [],
    interfaces: [],
    trampolines: [],
    instances: [],
    exports: [],
  };
}

/** What a plan is for: whatever can be said of it without its modules. */
export function use({ plan }: PlannedComponent): void {
  new Linker({ plan, modules: [], hasStart: false, hostImports: [] });
  for (const type of [...plan.imports, ...plan.exports]) signatureText(plan, type);
}
