/** Reads the WebAssembly binary format from bytes that the engine has validated. */
export class BinaryReader {
  readonly bytes: Uint8Array;
  /** The position of the next byte. */
  at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes;
    this.at = at;
  }

  /** Whether every byte has been read. */
  get done(): boolean {
    return this.at >= this.bytes.length;
  }

  /** @throws RangeError where there is none left. */
  byte(): number {
    const byte = this.bytes[this.at++];
    if (byte === undefined) throw new RangeError("the module ends in the middle of a section");
    return byte;
  }

  /** An unsigned integer in LEB128, of up to 64 bits; rounded where it is no safe integer. */
  unsigned(): number {
    let byte = this.byte();
    let value = byte & 0x7f;
    for (let scale = 0x80; byte >= 0x80; scale *= 0x80) {
      byte = this.byte();
      value += (byte & 0x7f) * scale;
    }
    return value;
  }

  /** A signed integer in LEB128, of up to 64 bits; rounded where it is no safe integer. */
  signed(): number {
    const start = this.at;
    const value = this.unsigned();
    // Seven bits a byte, and the highest is the sign.
    const range = 2 ** (7 * (this.at - start));
    return value < range / 2 ? value : value - range;
  }

  /** Any integer in LEB128. */
  skipInteger(): void {
    while (this.byte() >= 0x80);
  }
}

/** An unsigned integer up to 2 ** 53 as LEB128, in as few bytes as it needs. */
export function unsignedLeb128(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 0x80)) {
    if (rest < 0x80) return [...bytes, rest];
    bytes.push((rest % 0x80) | 0x80);
  }
}

/** A signed integer within 2 ** 53 as LEB128, in as few bytes as it needs. */
export function signedLeb128(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 0x80)) {
    const low = ((rest % 0x80) + 0x80) % 0x80;
    if (rest >= -0x40 && rest < 0x40) return [...bytes, low];
    bytes.push(low | 0x80);
  }
}
