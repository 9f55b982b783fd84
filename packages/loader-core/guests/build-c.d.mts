/** A compiler and a linker, by their commands and by what they say they are. */
export interface Toolchain {
  readonly clang: string;
  readonly wasmLd: string;
  readonly compiler: string;
  readonly linker: string;
}

/** What the file beside a module says of it; `sources` and `wasm` are SHA-256, in hexadecimal. */
export interface BuildDescription {
  readonly compiler: string;
  readonly linker: string;
  readonly flags: readonly string[];
  readonly sources: Readonly<Record<string, string>>;
  readonly wasm: string;
}

export const COMPILE_FLAGS: readonly string[];
export const LINK_FLAGS: readonly string[];

export function findToolchain(
  version?: Pick<BuildDescription, "compiler" | "linker">,
): Toolchain | undefined;
export function buildC(source: string, toolchain?: Toolchain): Uint8Array<ArrayBuffer> | undefined;
export function sourceHashes(source: string): Record<string, string>;
export function sha256(bytes: Uint8Array | string): string;
export function describeBuild(
  source: string,
  wasm: Uint8Array,
  toolchain: Pick<Toolchain, "compiler" | "linker">,
): BuildDescription;
export function guestSources(): string[];
