/** The rights that a descriptor may have here (typenames.witx, `$rights`, by bit). */
export const RIGHTS: {
  readonly [Name in "fd_read" | "fd_fdstat_set_flags" | "fd_write" | "fd_filestat_get"]: bigint;
} = {
  fd_read: 1n << 1n,
  fd_fdstat_set_flags: 1n << 3n,
  fd_write: 1n << 6n,
  fd_filestat_get: 1n << 21n,
};

/** typenames.witx, `$filetype`. */
const CHARACTER_DEVICE = 2;

/** Bytes of a `$fdstat`: filetype u8 at 0, flags u16 at 2, rights u64 at 8 and 16. */
export const FDSTAT_BYTES = 24;

/**
 * Stores a `$fdstat`. To wasi-libc, a character device without the rights to seek and tell is a
 * terminal, so that a guest writes by the line.
 */
export function storeFdstat(to: DataView, flags: number, rights: bigint): void {
  clear(to);
  to.setUint8(0, CHARACTER_DEVICE);
  to.setUint16(2, flags, true);
  to.setBigUint64(8, rights, true);
}

/** Bytes of a `$filestat`: filetype u8 at 16, link count u64 at 24, and what is 0 here. */
export const FILESTAT_BYTES = 64;

/** Stores a `$filestat` that tells nothing of the host: no device, no inode, no times. */
export function storeFilestat(to: DataView): void {
  clear(to);
  to.setUint8(16, CHARACTER_DEVICE);
  to.setBigUint64(24, 1n, true);
}

function clear({ buffer, byteOffset, byteLength }: DataView): void {
  new Uint8Array(buffer, byteOffset, byteLength).fill(0);
}
