/** The error codes of preview 1 that a host which denies needs (typenames.witx, `$errno`). */
export const ERRNO = {
  success: 0,
  /** Bad file descriptor. */
  badf: 8,
  /** Bad address. */
  fault: 21,
  /** Invalid argument. */
  inval: 28,
  /** Not a socket. */
  notsock: 57,
  /** Not supported. */
  notsup: 58,
  /** Invalid seek. */
  spipe: 70,
  /** Capabilities insufficient. */
  notcapable: 76,
} as const;

export type Errno = (typeof ERRNO)[keyof typeof ERRNO];
