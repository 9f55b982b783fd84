import { OutputStream } from "@uni/wasm-rt/guest";
import { FDSTAT_BYTES, FILESTAT_BYTES, RIGHTS, storeFdstat, storeFilestat } from "./attributes.ts";
import { ERRNO, type Errno } from "./errno.ts";
import { gather } from "./gather.ts";
import type { GuestMemory } from "./guest-memory.ts";

/** Every flag of `$fdflags` (typenames.witx): append, dsync, nonblock, rsync, sync. */
const ALL_FLAGS = 0b11111;
const COMMON_RIGHTS = RIGHTS.fd_fdstat_set_flags | RIGHTS.fd_filestat_get;

interface Descriptor {
  readonly rights: bigint;
  /** Where what is written goes; none for what is only read. */
  readonly output?: OutputStream;
  flags: number;
}

/** The descriptors of one guest: an input that is at its end, and two outputs. No others open. */
export class Descriptors {
  readonly #memory: GuestMemory;
  readonly #open: Map<number, Descriptor>;

  constructor(memory: GuestMemory, write: (stream: "stdout" | "stderr", text: string) => void) {
    const output = (stream: "stdout" | "stderr"): Descriptor => ({
      rights: COMMON_RIGHTS | RIGHTS.fd_write,
      output: new OutputStream((text) => write(stream, text)),
      flags: 0,
    });
    this.#memory = memory;
    this.#open = new Map([
      [0, { rights: COMMON_RIGHTS | RIGHTS.fd_read, flags: 0 }],
      [1, output("stdout")],
      [2, output("stderr")],
    ]);
  }

  /** The answer of a function that no descriptor allows: `denial`, or that there is none. */
  deny(denial: Errno, ...fds: readonly number[]): Errno {
    return fds.every((fd) => this.#open.has(fd)) ? denial : ERRNO.badf;
  }

  /** Reads nothing, which is the end of the file. */
  read(fd: number, iovecs: number, count: number, out: number): Errno {
    const descriptor = this.#open.get(fd);
    if (descriptor === undefined) return ERRNO.badf;
    if ((descriptor.rights & RIGHTS.fd_read) === 0n) return ERRNO.notcapable;
    // An `$iovec` has 8 bytes, and nothing goes to where it points.
    if (this.#memory.view(iovecs, count * 8) === undefined) return ERRNO.fault;
    return this.#store(out, 4, (view) => view.setUint32(0, 0, true));
  }

  write(fd: number, ciovecs: number, count: number, out: number): Errno {
    const descriptor = this.#open.get(fd);
    if (descriptor === undefined) return ERRNO.badf;
    if (descriptor.output === undefined) return ERRNO.notcapable;
    const bytes = gather(this.#memory, ciovecs, count);
    if (bytes === undefined) return ERRNO.fault;
    const stored = this.#store(out, 4, (view) => view.setUint32(0, bytes.length, true));
    // Last: what cannot be answered is not written, and the host may grow the memory meanwhile.
    if (stored === ERRNO.success) descriptor.output.write(bytes);
    return stored;
  }

  close(fd: number): Errno {
    this.#open.get(fd)?.output?.end();
    return this.#open.delete(fd) ? ERRNO.success : ERRNO.badf;
  }

  /** Passes on what is left in the outputs. */
  closeAll(): void {
    for (const fd of [...this.#open.keys()]) this.close(fd);
  }

  stat(fd: number, out: number): Errno {
    const descriptor = this.#open.get(fd);
    if (descriptor === undefined) return ERRNO.badf;
    const { flags, rights } = descriptor;
    return this.#store(out, FDSTAT_BYTES, (view) => storeFdstat(view, flags, rights));
  }

  fileStat(fd: number, out: number): Errno {
    if (!this.#open.has(fd)) return ERRNO.badf;
    return this.#store(out, FILESTAT_BYTES, storeFilestat);
  }

  /** Flags are remembered and change nothing: what never blocks is neither slower nor faster. */
  setFlags(fd: number, flags: number): Errno {
    const descriptor = this.#open.get(fd);
    if (descriptor === undefined) return ERRNO.badf;
    if ((flags & ~ALL_FLAGS) !== 0) return ERRNO.inval;
    descriptor.flags = flags;
    return ERRNO.success;
  }

  #store(out: number, bytes: number, write: (view: DataView) => void): Errno {
    const view = this.#memory.view(out, bytes);
    if (view === undefined) return ERRNO.fault;
    write(view);
    return ERRNO.success;
  }
}
