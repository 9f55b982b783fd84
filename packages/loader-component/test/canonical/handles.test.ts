import { describe, expect, it } from "vitest";
import { Codecs } from "../../src/canonical/codecs.ts";
import { Handles } from "../../src/canonical/handles.ts";
import { faultCode } from "./fault.ts";
import { lifted, lowered, realMemory } from "./real-memory.ts";

const newMemory = await realMemory();
const codecs = new Codecs([
  { kind: "own", resource: 0 },
  { kind: "borrow", resource: 0 },
  { kind: "own", resource: 1 },
  { kind: "list", element: 1 },
]);
const OWN = codecs.of(0);
const BORROW = codecs.of(1);
const OTHER = codecs.of(2);
const BORROWS = codecs.of(3);

describe("a handle", () => {
  it("stands for the object that the guest was given, until it gives it back", () => {
    const { memory } = newMemory();
    const object = { of: "the host" };
    const [index] = lowered(OWN, memory, object);
    expect(lifted(BORROW, memory, index)).toBe(object);
    expect(lifted(OWN, memory, index)).toBe(object);
    expect(faultCode(() => lifted(OWN, memory, index))).toBe("TRAP");
    expect(faultCode(() => lifted(BORROW, memory, index))).toBe("TRAP");
  });

  it("is the same in memory", () => {
    const { memory } = newMemory();
    const object = {};
    OWN.store(memory, 8, object);
    expect(BORROW.load(memory, 8)).toBe(object);
    expect(OWN.load(memory, 8)).toBe(object);
    expect(faultCode(() => BORROW.load(memory, 8))).toBe("TRAP");
  });

  it("is never 0, and never one that there was before", () => {
    const handles = new Handles();
    const seen = new Set<number>([0]);
    for (let i = 0; i < 10_000; i++) {
      const index = handles.add(0, {});
      expect(seen.has(index)).toBe(false);
      seen.add(index);
      handles.drop(0, index);
    }
  });

  it("is refused where nobody gave it", () => {
    const { memory } = newMemory();
    const [index = 0] = lowered(OWN, memory, {});
    for (const wrong of [0, -1, Number(index) + 1, 0x7fff_ffff, -0x8000_0000]) {
      expect(faultCode(() => lifted(BORROW, memory, wrong))).toBe("TRAP");
      expect(faultCode(() => lifted(OWN, memory, wrong))).toBe("TRAP");
      expect(faultCode(() => memory.handles.drop(0, wrong))).toBe("TRAP");
    }
  });

  it("is refused as one of another resource, and is still there then", () => {
    const { memory } = newMemory();
    const object = {};
    const [index] = lowered(OWN, memory, object);
    expect(faultCode(() => lifted(OTHER, memory, index))).toBe("TRAP");
    expect(faultCode(() => memory.handles.drop(1, Number(index)))).toBe("TRAP");
    expect(lifted(BORROW, memory, index)).toBe(object);
  });

  it("is dropped once, and disposes of what it stands for", () => {
    const handles = new Handles();
    let disposed = 0;
    const index = handles.add(0, { [Symbol.dispose]: () => void disposed++ });
    handles.drop(0, index);
    expect(faultCode(() => handles.drop(0, index))).toBe("TRAP");
    expect(disposed).toBe(1);
  });

  it("that is given back is not disposed of", () => {
    const handles = new Handles();
    let disposed = 0;
    const index = handles.add(0, { [Symbol.dispose]: () => void disposed++ });
    handles.take(0, index);
    expect(disposed).toBe(0);
  });

  it("is one of at most 4096 at a time", () => {
    const handles = new Handles();
    const [first = 0] = Array.from({ length: 4096 }, () => handles.add(0, {}));
    expect(faultCode(() => handles.add(0, {}))).toBe("RESOURCE_LIMIT");
    handles.drop(0, first);
    handles.add(0, {});
    expect(faultCode(() => handles.add(0, {}))).toBe("RESOURCE_LIMIT");
  });

  it("may be in a list many times where it is borrowed", () => {
    const { memory } = newMemory();
    const object = {};
    const [index = 0] = lowered(OWN, memory, object);
    memory.peek(0, 12).set(new Uint8Array(Uint32Array.of(...Array(3).fill(Number(index))).buffer));
    expect(lifted(BORROWS, memory, 0, 3)).toEqual([object, object, object]);
  });
});
