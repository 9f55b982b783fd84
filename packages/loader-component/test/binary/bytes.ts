// Components byte by byte: what no assembler would make.

/** The preamble of a component: version 13, layer 1. */
export const PREAMBLE: readonly number[] = [0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00];

export type Bytes = readonly (number | readonly number[])[];

/** A component of sections. */
export function component(...sections: Bytes): Uint8Array {
  return Uint8Array.from([...PREAMBLE, ...sections.flat()]);
}

/** A section, whose length is right. */
export function section(id: number, ...content: Bytes): number[] {
  const bytes = content.flat();
  return [id, ...u32(bytes.length), ...bytes];
}

/** An unsigned LEB128 in as few bytes as possible. */
export function u32(value: number): number[] {
  return value < 0x80 ? [value] : [(value % 0x80) | 0x80, ...u32(Math.floor(value / 0x80))];
}

/** An unsigned LEB128 in so many bytes. */
export function padded(value: number, length: number): number[] {
  return Array.from({ length }, (_, i) => {
    const part = Math.floor(value / 0x80 ** i) % 0x80;
    return i < length - 1 ? part | 0x80 : part;
  });
}

export function name(text: string): number[] {
  const bytes = [...new TextEncoder().encode(text)];
  return [...u32(bytes.length), ...bytes];
}
