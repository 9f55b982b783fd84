import type { UnsharedBytes } from "@uni/wasm-rt";
import pLimit from "p-limit";
import type { Artifact } from "../artifact/artifact.ts";
import { readArtifact } from "../artifact/read-artifact.ts";
import { ComponentError } from "../component-error.ts";
import { artifactKey } from "./artifact-key.ts";
import { DiskCache } from "./disk-cache.ts";
import { MemoryCache } from "./memory-cache.ts";
import { translate } from "./translate.ts";
import { validatorVersion } from "./validator.ts";

/** How components are validated and taken apart. */
export interface TranslateOptions {
  /**
   * The folder that keeps what was worked out about a component, or `false` for none. By default the
   * environment's `UNI_COMPONENT_CACHE` (a folder, or `off`), and else the user's cache folder.
   */
  readonly cache?: string | false | undefined;
  /** The largest component that is looked at, in bytes; default 64 MiB. */
  readonly maxComponentBytes?: number | undefined;
  /** Longest that validating one component may take, in milliseconds; default 30 s. */
  readonly validationTimeoutMs?: number | undefined;
}

const DEFAULT_MAX_BYTES = 1 << 26;
const DEFAULT_TIMEOUT_MS = 30_000;

// A validating thread takes tens of MiB; the others wait.
const inTurn = pLimit(4);

/** Takes components apart, each once. */
export class Translator {
  readonly #memory = new MemoryCache();
  readonly #disk: DiskCache | undefined;
  readonly #pending = new Map<string, Promise<Artifact>>();
  readonly #maxBytes: number;
  readonly #timeoutMs: number;

  /** @throws TypeError for an option out of its range. */
  constructor({ cache, maxComponentBytes, validationTimeoutMs }: TranslateOptions) {
    if (cache !== undefined && cache !== false && typeof cache !== "string") {
      throw new TypeError(`cache must be a folder or false, got ${String(cache)}`);
    }
    this.#maxBytes = positive("maxComponentBytes", maxComponentBytes ?? DEFAULT_MAX_BYTES);
    this.#timeoutMs = positive("validationTimeoutMs", validationTimeoutMs ?? DEFAULT_TIMEOUT_MS);
    this.#disk = DiskCache.open(cache);
  }

  /** @throws ComponentError, saying what is wrong with the component. */
  async translate(component: UnsharedBytes): Promise<Artifact> {
    const { byteLength } = component;
    if (byteLength > this.#maxBytes) {
      const message = `the component has ${byteLength} bytes, and the limit is ${this.#maxBytes} (maxComponentBytes)`;
      throw new ComponentError("RESOURCE_LIMIT", message);
    }
    const key = artifactKey(component, validatorVersion());
    const known = this.#memory.get(key) ?? this.#pending.get(key);
    if (known !== undefined) return known;
    const pending = this.#find(key, component);
    this.#pending.set(key, pending);
    try {
      const artifact = await pending;
      this.#memory.set(key, artifact);
      return artifact;
    } finally {
      this.#pending.delete(key);
    }
  }

  async #find(key: string, bytes: UnsharedBytes): Promise<Artifact> {
    const kept = await this.#disk?.read(key);
    if (kept !== undefined) return kept;
    const made = await inTurn(() => translate({ bytes, key }, this.#timeoutMs));
    const artifact = readArtifact(made);
    await this.#disk?.write(artifact);
    return artifact;
  }
}

function positive(name: string, value: number): number {
  if (Number.isSafeInteger(value) && value > 0 && value < 2 ** 31) return value;
  throw new TypeError(`${name} must be an integer from 1 to ${2 ** 31 - 1}, got ${String(value)}`);
}
