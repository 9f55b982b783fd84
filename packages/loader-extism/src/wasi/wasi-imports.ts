import { Clocks } from "./clocks.ts";
import { Descriptors } from "./descriptors.ts";
import { ERRNO, type Errno } from "./errno.ts";
import { fillRandom } from "./fill-random.ts";
import { GuestMemory } from "./guest-memory.ts";
import { readParameters } from "./read-parameters.ts";
import { SIGNATURES, type WasiName, type WasiParameters } from "./signatures.ts";

/** The module from which a guest imports preview 1 of WASI. */
export const WASI_MODULE = "wasi_snapshot_preview1";

/** Names of every function of preview 1. */
export const WASI_NAMES: ReadonlySet<string> = new Set(Object.keys(SIGNATURES));

/** What a guest's WASI has of the host. */
export interface WasiHost {
  /** The guest's memory, as it is now; undefined where the module exports none. */
  readonly memory: () => WebAssembly.Memory | undefined;
  /** A line or chunk of text the guest wrote to stdout or stderr, decoded as UTF-8 (lossy). */
  readonly write: (stream: "stdout" | "stderr", text: string) => void;
  /** The guest asked to exit; must throw. */
  readonly exit: (code: number) => never;
}

type Handlers = { readonly [Name in WasiName]: (...values: WasiParameters<Name>) => Errno };

/**
 * Functions for the module `wasi_snapshot_preview1`; the object has no prototype. They belong to
 * one guest and share nothing with those of another.
 *
 * A guest gets clocks, random bytes, an input at its end and two outputs. It gets no arguments,
 * environment, files, sockets, sleep or signals. A call throws only what `write` and `exit` throw;
 * anything wrong with it is an errno.
 *
 * @example
 * ```ts
 * const wasi = wasiImports({ memory: () => memory, write: (stream, text) => log(text), exit });
 * const instance = new WebAssembly.Instance(module, { [WASI_MODULE]: wasi });
 * ```
 */
export function wasiImports(host: WasiHost): WebAssembly.ModuleImports {
  const handlers = handlersFor(host);
  const functions: WebAssembly.ModuleImports = Object.create(null);
  for (const name of Object.keys(SIGNATURES) as WasiName[]) {
    // The values are those of this name's signature, which the loop's type does not say.
    const handler = handlers[name] as (...values: (number | bigint)[]) => Errno;
    functions[name] = (...passed: unknown[]): Errno => {
      const values = readParameters(SIGNATURES[name], passed);
      return values === undefined ? ERRNO.inval : handler(...values);
    };
  }
  return functions;
}

function handlersFor(host: WasiHost): Handlers {
  const memory = new GuestMemory(host.memory);
  const clocks = new Clocks(memory);
  const descriptors = new Descriptors(memory, host.write);

  /** Two sizes of 0: how many strings there are, and their bytes. */
  const storeNone = (count: number, bytes: number): Errno => {
    const views = [memory.view(count, 4), memory.view(bytes, 4)];
    if (views.includes(undefined)) return ERRNO.fault;
    for (const view of views) view?.setUint32(0, 0, true);
    return ERRNO.success;
  };
  /** The addresses of no strings, and of their bytes. */
  const getNone = (strings: number, bytes: number): Errno =>
    memory.view(strings, 0) && memory.view(bytes, 0) ? ERRNO.success : ERRNO.fault;
  // typenames.witx, `$rights`: a function needs a right, and these no descriptor has.
  const incapable = (fd: number): Errno => descriptors.deny(ERRNO.notcapable, fd);
  // POSIX, lseek and pread: ESPIPE where there are no positions.
  const unseekable = (fd: number): Errno => descriptors.deny(ERRNO.spipe, fd);
  const noSocket = (fd: number): Errno => descriptors.deny(ERRNO.notsock, fd);
  const unsupported = (): Errno => ERRNO.notsup;
  // wasi-libc asks for one descriptor after another, until it is told that there is none.
  const noPreopen = (): Errno => ERRNO.badf;

  return {
    args_get: getNone,
    args_sizes_get: storeNone,
    environ_get: getNone,
    environ_sizes_get: storeNone,
    clock_res_get: (id, out) => clocks.resolution(id, out),
    clock_time_get: (id, precision, out) => clocks.time(id, precision, out),
    fd_advise: incapable,
    fd_allocate: incapable,
    fd_close: (fd) => descriptors.close(fd),
    fd_datasync: incapable,
    fd_fdstat_get: (fd, out) => descriptors.stat(fd, out),
    fd_fdstat_set_flags: (fd, flags) => descriptors.setFlags(fd, flags),
    fd_fdstat_set_rights: (fd) => descriptors.deny(ERRNO.notsup, fd),
    fd_filestat_get: (fd, out) => descriptors.fileStat(fd, out),
    fd_filestat_set_size: incapable,
    fd_filestat_set_times: incapable,
    fd_pread: unseekable,
    fd_prestat_get: noPreopen,
    fd_prestat_dir_name: noPreopen,
    fd_pwrite: unseekable,
    fd_read: (fd, iovecs, count, out) => descriptors.read(fd, iovecs, count, out),
    fd_readdir: incapable,
    fd_renumber: (fd, to) => descriptors.deny(ERRNO.notsup, fd, to),
    fd_seek: unseekable,
    fd_sync: incapable,
    fd_tell: unseekable,
    fd_write: (fd, ciovecs, count, out) => descriptors.write(fd, ciovecs, count, out),
    path_create_directory: incapable,
    path_filestat_get: incapable,
    path_filestat_set_times: incapable,
    path_link: (fd, _flags, _path, _length, to) => descriptors.deny(ERRNO.notcapable, fd, to),
    path_open: incapable,
    path_readlink: incapable,
    path_remove_directory: incapable,
    path_rename: (fd, _path, _length, to) => descriptors.deny(ERRNO.notcapable, fd, to),
    path_symlink: (_path, _length, fd) => incapable(fd),
    path_unlink_file: incapable,
    // A sleep would block the host's thread, and one that ends at once would make a guest spin.
    // witx: "If nsubscriptions is 0, returns errno::inval."
    poll_oneoff: (_in, _out, count) => (count === 0 ? ERRNO.inval : ERRNO.notsup),
    proc_exit: (code) => {
      descriptors.closeAll();
      return host.exit(code);
    },
    proc_raise: unsupported,
    sched_yield: () => ERRNO.success,
    random_get: (address, length) => fillRandom(memory, address, length),
    sock_accept: noSocket,
    sock_recv: noSocket,
    sock_send: noSocket,
    sock_shutdown: noSocket,
  };
}
