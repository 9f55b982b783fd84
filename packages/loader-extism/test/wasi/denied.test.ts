import { beforeAll, describe, expect, it } from "vitest";
import { WASI_MODULE } from "../../src/wasi/wasi-imports.ts";
import { everyFunction } from "./assemble.ts";
import { Guest, GuestExit } from "./guest.ts";
import { parametersOf } from "./preview-1.ts";

const [BADF, INVAL, NOTSOCK, NOTSUP, SPIPE, NOTCAPABLE] = [8, 28, 57, 58, 70, 76];

// By function: the answer for stdout, and for a descriptor that is not open.
const DENIED = {
  fd_advise: [NOTCAPABLE, BADF],
  fd_allocate: [NOTCAPABLE, BADF],
  fd_datasync: [NOTCAPABLE, BADF],
  fd_fdstat_set_rights: [NOTSUP, BADF],
  fd_filestat_set_size: [NOTCAPABLE, BADF],
  fd_filestat_set_times: [NOTCAPABLE, BADF],
  fd_pread: [SPIPE, BADF],
  fd_prestat_dir_name: [BADF, BADF],
  fd_prestat_get: [BADF, BADF],
  fd_pwrite: [SPIPE, BADF],
  fd_readdir: [NOTCAPABLE, BADF],
  fd_renumber: [NOTSUP, BADF],
  fd_seek: [SPIPE, BADF],
  fd_sync: [NOTCAPABLE, BADF],
  fd_tell: [SPIPE, BADF],
  path_create_directory: [NOTCAPABLE, BADF],
  path_filestat_get: [NOTCAPABLE, BADF],
  path_filestat_set_times: [NOTCAPABLE, BADF],
  path_link: [NOTCAPABLE, BADF],
  path_open: [NOTCAPABLE, BADF],
  path_readlink: [NOTCAPABLE, BADF],
  path_remove_directory: [NOTCAPABLE, BADF],
  path_rename: [NOTCAPABLE, BADF],
  path_symlink: [NOTCAPABLE, BADF],
  path_unlink_file: [NOTCAPABLE, BADF],
  sock_accept: [NOTSOCK, BADF],
  sock_recv: [NOTSOCK, BADF],
  sock_send: [NOTSOCK, BADF],
  sock_shutdown: [NOTSOCK, BADF],
} as const;

/** Where a function takes its descriptors (wasi_snapshot_preview1.witx); elsewhere it is first. */
const DESCRIPTORS: Readonly<Record<string, readonly number[]>> = {
  fd_renumber: [0, 1],
  path_link: [0, 4],
  path_rename: [0, 3],
  path_symlink: [2],
};

/** Arguments of the right types: the given descriptors, and 0 for all else. */
function passing(name: string, fds: readonly number[]): (number | bigint)[] {
  const passed = parametersOf(name).map((type): number | bigint => (type === "i64" ? 0n : 0));
  for (const [at, place] of (DESCRIPTORS[name] ?? [0]).entries()) {
    passed[place] = fds[at] ?? 0;
  }
  return passed;
}

describe("a module that imports all of preview 1", () => {
  let module: WebAssembly.Module;
  beforeAll(async () => {
    module = await everyFunction();
  });

  function instantiate() {
    const guest = new Guest();
    const { exports } = new WebAssembly.Instance(module, { [WASI_MODULE]: guest.functions });
    guest.memory = exports.memory as WebAssembly.Memory;
    const call = (name: string, passed: readonly (number | bigint)[]): unknown =>
      (exports[name] as (...passed: (number | bigint)[]) => unknown)(...passed);
    return { guest, call };
  }

  it.each(Object.entries(DENIED))("is denied %s", (name, [onStdout, onNone]) => {
    const { guest, call } = instantiate();
    expect(call(name, passing(name, [1, 2]))).toBe(onStdout);
    for (const fd of [3, 4, 99, -1, 2 ** 31 - 1])
      expect(call(name, passing(name, [fd, fd]))).toBe(onNone);
    // Of two descriptors, each has to be open.
    if (DESCRIPTORS[name]?.length === 2) {
      expect(call(name, passing(name, [1, 9]))).toBe(BADF);
      expect(call(name, passing(name, [9, 1]))).toBe(BADF);
    }
    expect(guest.bytes().every((byte) => byte === 0)).toBe(true);
    expect(guest.written).toEqual([]);
  });

  it("finds no preopened directory, whatever the descriptor", () => {
    const { call } = instantiate();
    for (let fd = 0; fd < 20; fd++) {
      expect(call("fd_prestat_get", [fd, 0])).toBe(BADF);
      expect(call("fd_prestat_dir_name", [fd, 0, 0])).toBe(BADF);
    }
  });

  it("can neither wait nor raise a signal", () => {
    const { guest, call } = instantiate();
    const start = performance.now();
    // A subscription to the monotonic clock, an hour from now: type 0 at 8, id at 16, timeout at 24.
    guest.view().setUint32(16, 1, true);
    guest.view().setBigUint64(24, 3_600_000_000_000n, true);
    expect(call("poll_oneoff", [0, 64, 1, 128])).toBe(NOTSUP);
    expect(call("poll_oneoff", [0, 64, 0, 128])).toBe(INVAL);
    for (const signal of [0, 6, 9, 15]) expect(call("proc_raise", [signal])).toBe(NOTSUP);
    expect(performance.now() - start).toBeLessThan(10_000);
    expect(guest.view().getUint32(128, true)).toBe(0);
  });

  it.each([0, 1, 2 ** 31 - 1, 2 ** 32 - 1])("exits with code %i", (code) => {
    const { call } = instantiate();
    expect(() => call("proc_exit", [code | 0])).toThrow(new GuestExit(code));
  });

  it("is answered every call whose types are those of preview 1", () => {
    const { call } = instantiate();
    const allowed = {
      args_get: [0, 0],
      args_sizes_get: [0, 4],
      clock_res_get: [0, 0],
      clock_time_get: [0, 0n, 0],
      environ_get: [0, 0],
      environ_sizes_get: [0, 4],
      fd_fdstat_get: [1, 0],
      fd_fdstat_set_flags: [1, 0],
      fd_filestat_get: [1, 0],
      fd_read: [0, 0, 0, 0],
      fd_write: [1, 0, 0, 0],
      fd_close: [1],
      random_get: [0, 8],
      sched_yield: [],
    };
    for (const [name, passed] of Object.entries(allowed)) {
      expect([name, call(name, passed)]).toEqual([name, 0]);
    }
    const names = [...Object.keys(allowed), ...Object.keys(DENIED), "poll_oneoff", "proc_exit"];
    expect([...names, "proc_raise"].sort()).toEqual(
      WebAssembly.Module.imports(module)
        .map(({ name }) => name)
        .sort(),
    );
  });
});
