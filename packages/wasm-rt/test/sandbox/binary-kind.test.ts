import { describe, expect, it } from "vitest";
import { binaryKind, leadingBytes } from "../../src/index.ts";

const text = (source: string) => new TextEncoder().encode(source);
const MAGIC = [0, 0x61, 0x73, 0x6d];

describe("binary kind", () => {
  const cases: [string, Uint8Array, string][] = [
    ["a core module", Uint8Array.of(...MAGIC, 1, 0, 0, 0), "core module"],
    ["a component", Uint8Array.of(...MAGIC, 13, 0, 1, 0), "component"],
    ["a component of an older draft", Uint8Array.of(...MAGIC, 10, 0, 1, 0), "component"],
    ["a module of another version", Uint8Array.of(...MAGIC, 2, 0, 0, 0), "unknown"],
    ["magic without a version", Uint8Array.of(...MAGIC), "unknown"],
    ["text of a module", text("(module)"), "WebAssembly text"],
    ["text of a component", text("\n  (component (core module))"), "WebAssembly text"],
    ["text behind comments", text(";; one\n;; two\n(module $m)"), "WebAssembly text"],
    ["other text", text("(modules)"), "unknown"],
    ["nothing", new Uint8Array(), "unknown"],
  ];
  for (const [what, bytes, kind] of cases) {
    it(`of ${what} is ${kind}`, () => {
      expect(binaryKind(bytes)).toBe(kind);
    });
  }

  it("is described by the first bytes where it is unknown", () => {
    expect(leadingBytes(Uint8Array.of(1, 0xab))).toBe("01 ab");
    expect(leadingBytes(new Uint8Array(9))).toBe("00 00 00 00 00 00 00 00 …");
    expect(leadingBytes(new Uint8Array())).toBe("no bytes");
  });
});
