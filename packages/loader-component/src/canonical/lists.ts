import { GuestFault } from "@uni/wasm-rt/guest";
import type { Codec } from "./codec.ts";
import type { GuestMemory } from "./guest-memory.ts";

/** How many elements are read of a guest as one list; bytes are no elements. */
const MAX_ELEMENTS = 1 << 16;

type Read = (memory: GuestMemory, at: number, length: number) => unknown;
type Place = (memory: GuestMemory, value: unknown) => readonly [at: number, length: number];

function list(depth: number, read: Read, place: Place): Codec {
  return {
    size: 8,
    alignment: 4,
    flat: ["i32", "i32"],
    depth,
    load: (memory, at) => {
      const view = memory.view(at, 8, 4);
      return read(memory, view.getUint32(at, true), view.getUint32(at + 4, true));
    },
    store: (memory, at, value) => {
      const [start, length] = place(memory, value);
      const view = memory.view(at, 8, 4);
      view.setUint32(at, start, true);
      view.setUint32(at + 4, length, true);
    },
    lift: (memory, reader) => read(memory, reader.number() >>> 0, reader.number() >>> 0),
    lower: (memory, value, out) => void out.push(...place(memory, value)),
  };
}

/** `list<u8>`: copied in one step. */
export const BYTES_CODEC: Codec = list(
  1,
  (memory, at, length) => memory.read(at, length),
  (memory, value) => {
    const bytes = value as Uint8Array;
    return [memory.place(bytes, 1), bytes.byteLength];
  },
);

export function listCodec(element: Codec): Codec {
  const { size, alignment } = element;
  return list(
    element.depth + 1,
    (memory, at, length) => {
      if (length > MAX_ELEMENTS) {
        const message = `a list of ${length} elements, and the limit is ${MAX_ELEMENTS}`;
        throw new GuestFault("RESOURCE_LIMIT", message);
      }
      memory.view(at, length * size, alignment);
      return Array.from({ length }, (_, i) => element.load(memory, at + i * size));
    },
    (memory, value) => {
      const elements = value as readonly unknown[];
      const at = memory.allocate(elements.length * size, alignment);
      for (const [i, item] of elements.entries()) element.store(memory, at + i * size, item);
      return [at, elements.length];
    },
  );
}
