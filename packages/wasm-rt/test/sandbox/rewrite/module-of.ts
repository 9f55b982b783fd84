/** Parts of a module as the binary format has them, written apart from the code under test. */
export interface ModuleParts {
  readonly types?: readonly (readonly number[])[];
  readonly imports?: readonly (readonly number[])[];
  /** The type of each function. */
  readonly functions?: readonly number[];
  readonly tables?: readonly (readonly number[])[];
  readonly memories?: readonly (readonly number[])[];
  readonly tags?: readonly (readonly number[])[];
  readonly globals?: readonly (readonly number[])[];
  readonly exports?: readonly (readonly number[])[];
  readonly start?: number;
  readonly elements?: readonly (readonly number[])[];
  readonly dataCount?: number;
  /** Locals and instructions, with the last `end`. */
  readonly bodies?: readonly (readonly number[])[];
  readonly data?: readonly (readonly number[])[];
}

export const PREAMBLE = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

export function leb(value: number): number[] {
  return value < 0x80 ? [value] : [(value % 0x80) | 0x80, ...leb(Math.floor(value / 0x80))];
}

/** A signed integer. */
export function sleb(value: number): number[] {
  const low = ((value % 0x80) + 0x80) % 0x80;
  if (value >= -0x40 && value < 0x40) return [low];
  return [low | 0x80, ...sleb(Math.floor(value / 0x80))];
}

export const vector = (bytes: readonly number[]): number[] => [...leb(bytes.length), ...bytes];
const text = (name: string): number[] => vector([...new TextEncoder().encode(name)]);
export const section = (id: number, content: readonly number[]): number[] => [
  id,
  ...vector(content),
];
export const custom = (name: string, content: readonly number[]): number[] =>
  section(0, [...text(name), ...content]);

/** kind: 0 function, 1 table, 2 memory, 3 global, 4 tag. */
export const exported = (name: string, kind: number, index: number): number[] => [
  ...text(name),
  kind,
  ...leb(index),
];
export const imported = (
  module: string,
  name: string,
  description: readonly number[],
): number[] => [...text(module), ...text(name), ...description];
export const functionType = (
  parameters: readonly number[],
  results: readonly number[],
): number[] => [0x60, ...vector(parameters), ...vector(results)];

export function moduleOf(parts: ModuleParts): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([...PREAMBLE, ...sectionsOf(parts).flat()]);
}

export function sectionsOf(parts: ModuleParts): number[][] {
  const list = (id: number, entries: readonly (readonly number[])[] | undefined) =>
    entries === undefined ? [] : section(id, [...leb(entries.length), ...entries.flat()]);
  return [
    list(1, parts.types),
    list(2, parts.imports),
    list(3, parts.functions?.map(leb)),
    list(4, parts.tables),
    list(5, parts.memories),
    list(13, parts.tags),
    list(6, parts.globals),
    list(7, parts.exports),
    parts.start === undefined ? [] : section(8, leb(parts.start)),
    list(9, parts.elements),
    parts.dataCount === undefined ? [] : section(12, leb(parts.dataCount)),
    list(10, parts.bodies?.map(vector)),
    list(11, parts.data),
  ];
}
