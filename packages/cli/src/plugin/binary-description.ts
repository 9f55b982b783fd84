/** The initial and the largest size of a memory, in pages of 64 KiB. */
export interface MemorySize {
  readonly initialPages: number;
  /** Absent where the module sets no limit. */
  readonly maxPages?: number;
  readonly imported: boolean;
}

/** Something that a binary imports. */
export interface BinaryImport {
  /** A core module's module name, or a component's interface. */
  readonly from: string;
  /** Absent for the whole of an interface. */
  readonly name?: string;
}

/** What the bytes of a plugin say without being run, or even compiled. */
export interface BinaryDescription {
  readonly imports: readonly BinaryImport[];
  /** Of a core module; a component's are inside of it. */
  readonly exports: readonly string[];
  readonly memories: readonly MemorySize[];
}
