import { gunzipSync } from "node:zlib";

const BLOCK_BYTES = 512;

export interface TarballSize {
  readonly files: number;
  readonly unpackedBytes: number;
}

/**
 * What is in a tarball, by its headers (POSIX ustar: the size in octal at 124, the kind at 156).
 * A registry need not say it, and pnpm does not.
 */
export function measureTarball(tarball: Uint8Array): TarballSize {
  const tar = gunzipSync(tarball);
  let files = 0;
  let unpackedBytes = 0;
  for (let at = 0; at < tar.length && tar[at] !== 0; ) {
    const bytes = Number.parseInt(tar.toString("latin1", at + 124, at + 136), 8);
    if (Number.isNaN(bytes)) throw new Error(`expected a tar header at byte ${at}, got no size`);
    // "0", and a zero byte of old archives; headers of pax and folders are none.
    if (tar[at + 156] === 0x30 || tar[at + 156] === 0) {
      files += 1;
      unpackedBytes += bytes;
    }
    at += BLOCK_BYTES * (1 + Math.ceil(bytes / BLOCK_BYTES));
  }
  return { files, unpackedBytes };
}
