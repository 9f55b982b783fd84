import { describe, expect, it } from "vitest";
import { guestWithPages } from "./guest.ts";

const [BADF, FAULT, INVAL, NOTCAPABLE] = [8, 21, 28, 76];
const CHARACTER_DEVICE = 2;
const [FD_READ, FD_WRITE] = [1n << 1n, 1n << 6n];
const [FD_SEEK, FD_TELL] = [1n << 2n, 1n << 5n];

function stat(guest = guestWithPages(), fd = 0) {
  expect(guest.call("fd_fdstat_get", fd, 128)).toBe(0);
  const view = guest.view();
  return {
    type: view.getUint8(128),
    padding: [view.getUint8(129), view.getUint32(132, true)],
    flags: view.getUint16(130, true),
    rights: view.getBigUint64(136, true),
    inheriting: view.getBigUint64(144, true),
  };
}

describe("descriptors 0, 1 and 2", () => {
  it.each([0, 1, 2])("are a terminal to wasi-libc, descriptor %i too", (fd) => {
    const { type, padding, flags, rights, inheriting } = stat(guestWithPages(), fd);
    expect({ type, flags, inheriting }).toEqual({
      type: CHARACTER_DEVICE,
      flags: 0,
      inheriting: 0n,
    });
    expect(padding).toEqual([0, 0]);
    // libc-bottom-half/sources/isatty.c
    expect(rights & (FD_SEEK | FD_TELL)).toBe(0n);
    expect(rights & (FD_READ | FD_WRITE)).toBe(fd === 0 ? FD_READ : FD_WRITE);
  });

  it("have the rights to what does not answer that rights are missing", () => {
    const guest = guestWithPages();
    // typenames.witx, `$rights`: the bit of each function that has one of its own.
    const bits: [bit: bigint, name: string, passed: unknown[]][] = [
      [0n, "fd_datasync", []],
      [1n, "fd_read", [0, 0, 0]],
      [3n, "fd_fdstat_set_flags", [0]],
      [4n, "fd_sync", []],
      [6n, "fd_write", [0, 0, 0]],
      [7n, "fd_advise", [0n, 0n, 0]],
      [8n, "fd_allocate", [0n, 0n]],
      [9n, "path_create_directory", [0, 0]],
      [13n, "path_open", [0, 0, 0, 0, 0n, 0n, 0, 0]],
      [14n, "fd_readdir", [0, 0, 0n, 0]],
      [15n, "path_readlink", [0, 0, 0, 0, 0]],
      [18n, "path_filestat_get", [0, 0, 0, 0]],
      [20n, "path_filestat_set_times", [0, 0, 0, 0n, 0n, 0]],
      [21n, "fd_filestat_get", [0]],
      [22n, "fd_filestat_set_size", [0n]],
      [23n, "fd_filestat_set_times", [0n, 0n, 0]],
      [25n, "path_remove_directory", [0, 0]],
      [26n, "path_unlink_file", [0, 0]],
    ];
    for (const fd of [0, 1, 2]) {
      const { rights } = stat(guest, fd);
      for (const [bit, name, passed] of bits) {
        const missing = ((rights >> bit) & 1n) === 0n;
        expect([fd, name, guest.call(name, fd, ...passed)]).toEqual([
          fd,
          name,
          missing ? NOTCAPABLE : 0,
        ]);
      }
    }
  });

  it("have attributes that tell nothing of the host", () => {
    for (const fd of [0, 1, 2]) {
      const guest = guestWithPages();
      expect(guest.call("fd_filestat_get", fd, 128)).toBe(0);
      const expected = new Uint8Array(64);
      expected[16] = CHARACTER_DEVICE;
      expected[24] = 1;
      expect(guest.bytes().slice(128, 192)).toEqual(expected);
      expect(guest.bytes()[192]).toBe(0xaa);
      expect(guest.bytes()[127]).toBe(0xaa);
    }
  });

  it("keep the flags that a guest sets, each its own", () => {
    const guest = guestWithPages();
    expect(guest.call("fd_fdstat_set_flags", 1, 0b101)).toBe(0);
    expect([0, 1, 2].map((fd) => stat(guest, fd).flags)).toEqual([0, 0b101, 0]);
    expect(guest.call("fd_fdstat_set_flags", 1, 0b100000)).toBe(INVAL);
    expect(guest.call("fd_fdstat_set_flags", 3, 0)).toBe(BADF);
    expect(stat(guest, 1).flags).toBe(0b101);
  });

  it("are at the end of the file when read", () => {
    const guest = guestWithPages();
    guest.storeVectors(0, [1024, 100]);
    const expected = guest.bytes().slice();
    expected.fill(0, 500, 504);
    expect(guest.call("fd_read", 0, 0, 1, 500)).toBe(0);
    expect(guest.bytes()).toEqual(expected);
    expect(guest.call("fd_read", 1, 0, 1, 500)).toBe(NOTCAPABLE);
    expect(guest.call("fd_read", 3, 0, 1, 500)).toBe(BADF);
    expect(guest.call("fd_read", 0, 65_536 - 7, 1, 500)).toBe(FAULT);
    expect(guest.call("fd_read", 0, 0, 1, 65_536 - 3)).toBe(FAULT);
  });

  it("are gone once closed, for this guest alone", () => {
    const [guest, other] = [guestWithPages(), guestWithPages()];
    expect(guest.call("fd_close", 1)).toBe(0);
    expect(guest.call("fd_close", 1)).toBe(BADF);
    expect(guest.call("fd_write", 1, 0, 0, 100)).toBe(BADF);
    expect(guest.call("fd_fdstat_get", 1, 100)).toBe(BADF);
    expect(guest.call("fd_filestat_get", 1, 100)).toBe(BADF);
    expect(guest.print(2, "err")).toBe(3);
    expect(other.print(1, "out")).toBe(3);
  });

  it("store their attributes inside of the memory or not at all", () => {
    const guest = guestWithPages();
    for (const [name, bytes] of [
      ["fd_fdstat_get", 24],
      ["fd_filestat_get", 64],
    ] as const) {
      expect(guest.call(name, 1, 65_536 - bytes + 1)).toBe(FAULT);
      expect(guest.bytes().every((byte) => byte === 0xaa)).toBe(true);
    }
    expect(guest.call("fd_fdstat_get", 1, 65_536 - 24)).toBe(0);
    expect(guest.call("fd_filestat_get", 1, 65_536 - 64)).toBe(0);
  });
});

describe("arguments and environment", () => {
  it.each(["args", "environ"])("have none: %s", (what) => {
    const guest = guestWithPages();
    expect(guest.call(`${what}_sizes_get`, 8, 16)).toBe(0);
    const expected = guestWithPages().bytes();
    expected.fill(0, 8, 12).fill(0, 16, 20);
    expect(guest.bytes()).toEqual(expected);
    expect(guest.call(`${what}_get`, 32, 64)).toBe(0);
    expect(guest.bytes()).toEqual(expected);
  });

  it.each(["args", "environ"])("check where the answer would go: %s", (what) => {
    const guest = guestWithPages();
    expect(guest.call(`${what}_sizes_get`, 8, 65_533)).toBe(FAULT);
    expect(guest.call(`${what}_sizes_get`, 65_533, 8)).toBe(FAULT);
    expect(guest.call(`${what}_get`, 65_537, 8)).toBe(FAULT);
    expect(guest.call(`${what}_get`, 8, 65_537)).toBe(FAULT);
    expect(guest.bytes().every((byte) => byte === 0xaa)).toBe(true);
  });
});
