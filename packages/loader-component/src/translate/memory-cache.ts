import type { Artifact } from "../artifact/artifact.ts";

const MAX_BYTES = 1 << 26;

/** Artifacts by their keys, the least recently used one forgotten first. */
export class MemoryCache {
  readonly #artifacts = new Map<string, Artifact>();
  #bytes = 0;

  get(key: string): Artifact | undefined {
    const artifact = this.#artifacts.get(key);
    if (artifact === undefined) return undefined;
    // A map keeps the order in which its entries came.
    this.#artifacts.delete(key);
    this.#artifacts.set(key, artifact);
    return artifact;
  }

  set(key: string, artifact: Artifact): void {
    this.#forget(key);
    this.#artifacts.set(key, artifact);
    this.#bytes += sizeOf(artifact);
    for (const oldest of this.#artifacts.keys()) {
      if (this.#bytes <= MAX_BYTES) break;
      this.#forget(oldest);
    }
  }

  #forget(key: string): void {
    const artifact = this.#artifacts.get(key);
    if (artifact === undefined) return;
    this.#artifacts.delete(key);
    this.#bytes -= sizeOf(artifact);
  }
}

function sizeOf({ modules }: Artifact): number {
  return modules.reduce((sum, { byteLength }) => sum + byteLength, 0);
}
