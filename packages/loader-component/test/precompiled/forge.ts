import { createHash } from "node:crypto";

/** What an artifact is made of, as anyone can read it. */
export interface Parts {
  /** Starts with the magic; after it come the bytes of the parts. */
  readonly magic: Uint8Array;
  readonly header: Header;
  readonly modules: readonly Uint8Array[];
}

/** The header as a forger sees it: JSON. */
interface Header {
  readonly key: unknown;
  readonly modules: unknown;
  readonly plan: unknown;
}

const MAGIC_BYTES = 8;
const HEADER_START = MAGIC_BYTES + 4;
const HASH_BYTES = 32;

/** Takes an artifact apart that is in order. */
export function partsOf(artifact: Uint8Array): Parts {
  const length = new DataView(artifact.buffer, artifact.byteOffset).getUint32(MAGIC_BYTES, true);
  let at = HEADER_START + length;
  const text = new TextDecoder().decode(artifact.subarray(HEADER_START, at));
  const header: Header = JSON.parse(text);
  const modules = (header.modules as readonly number[]).map((bytes) => {
    at += bytes;
    return artifact.slice(at - bytes, at);
  });
  return { magic: artifact.slice(0, MAGIC_BYTES), header, modules };
}

/** An artifact whose checksum is right, whatever its parts are. */
export function forged(parts: Parts, headerBytes?: number): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(JSON.stringify(parts.header));
  return sealed(parts.magic, text, parts.modules, headerBytes);
}

/** An artifact of any bytes as its header, with a checksum that is right. */
export function sealed(
  magic: Uint8Array,
  header: Uint8Array,
  modules: readonly Uint8Array[],
  headerBytes: number = header.length,
): Uint8Array<ArrayBuffer> {
  const length = new DataView(new ArrayBuffer(4));
  length.setUint32(0, headerBytes, true);
  const content = Buffer.concat([magic, new Uint8Array(length.buffer), header, ...modules]);
  return rehashed(Buffer.concat([content, new Uint8Array(HASH_BYTES)]));
}

/** The same bytes, with the checksum that belongs to them. */
export function rehashed(artifact: Uint8Array): Uint8Array<ArrayBuffer> {
  const content = artifact.subarray(0, artifact.length - HASH_BYTES);
  const hash = createHash("sha256").update(content).digest();
  return Uint8Array.from(Buffer.concat([content, hash]));
}

/** With one module replaced, and the header saying how long it is. */
export function withModule(parts: Parts, index: number, module: Uint8Array): Parts {
  return withModules(parts, parts.modules.toSpliced(index, 1, module));
}

export function withModules(parts: Parts, modules: readonly Uint8Array[]): Parts {
  const header = { ...parts.header, modules: modules.map(({ length }) => length) };
  return { ...parts, header, modules };
}
