/** A generator of numbers that gives the same ones for the same seed (mulberry32). */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

const BYTES = [0, 1, 2, 4, 7, 8, 16, 0x7f, 0x80, 0xc3, 0xfe, 0xff];
const WORDS = [0, 1, -1, 2, 4, 8, 12, 13, 64, 255, 1 << 16, 1 << 24, 2 ** 31 - 1, -(2 ** 31)];

/** A copy of `bytes` with one to three things wrong in it. */
export function mutate(bytes: Uint8Array, random: (below: number) => number): Uint8Array {
  let mutated = Uint8Array.from(bytes);
  for (let left = 1 + random(3); left > 0; left--) mutated = mutateOnce(mutated, random);
  return mutated;
}

function mutateOnce(
  bytes: Uint8Array<ArrayBuffer>,
  random: (below: number) => number,
): Uint8Array<ArrayBuffer> {
  // Half of them where values are, which is less than half of a small stream.
  const at =
    random(2) === 0 ? random(bytes.length) : bytes.length - 1 - random(bytes.length >> 2 || 1);
  const word = Math.min(at & ~3, Math.max(0, bytes.length - 4));
  const eight = at & ~7;
  const view = new DataView(bytes.buffer);
  const pick = (from: readonly number[]) => from[random(from.length)] ?? 0;
  const step = random(17) - 8;
  switch (random(16)) {
    case 0:
    case 1:
    case 2:
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8));
      return bytes;
    case 3:
      bytes[at] = random(256);
      return bytes;
    case 4:
    case 5:
      bytes[at] = pick(BYTES);
      return bytes;
    case 6:
      if (bytes.length >= 4) view.setInt32(word, pick(WORDS), true);
      return bytes;
    case 7:
    case 8:
    case 9:
      // A small step away from what is there: lengths, offsets, counts.
      if (bytes.length >= 4) view.setInt32(word, view.getInt32(word, true) + step, true);
      return bytes;
    case 10:
    case 11:
      bytes[at] = (bytes[at] ?? 0) + step;
      return bytes;
    case 12:
      if (bytes.length >= 2) view.setInt16(Math.min(at & ~1, bytes.length - 2), pick(BYTES), true);
      return bytes;
    case 13:
      // What is in one place, in another place too.
      copyEight(bytes, random(bytes.length) & ~7, eight);
      return bytes;
    case 14: {
      // Eight bytes less, or some twice.
      const rest = random(2) === 0 ? eight + 8 : random(eight + 1) & ~7;
      return Uint8Array.of(...bytes.subarray(0, eight), ...bytes.subarray(rest));
    }
    default:
      return random(8) === 0 ? bytes.slice(0, Math.max(1, at)) : bytes;
  }
}

function copyEight(bytes: Uint8Array, from: number, to: number): void {
  bytes.copyWithin(to, from, Math.min(from + 8, bytes.length));
}
