import { KERNEL_BASE64 } from "./kernel-bytes.ts";

/** What kernel.wat exports. */
export interface Kernel {
  readonly memory: WebAssembly.Memory;
  /** Why the kernel trapped: 0, or a code that kernel.wat explains. */
  readonly fault: WebAssembly.Global<"i32">;
  readonly fault_at: WebAssembly.Global<"i64">;
  readonly fault_length: WebAssembly.Global<"i64">;
  /** Blocks are between these two addresses. */
  readonly base: WebAssembly.Global<"i64">;
  readonly top: WebAssembly.Global<"i64">;
  begin(inputBytes: number, maxBytes: number, maxBlocks: number): number;
  alloc(length: bigint): bigint;
  free(address: bigint): void;
  length(address: bigint): bigint;
  load_u8(address: bigint): number;
  load_u64(address: bigint): bigint;
  store_u8(address: bigint, value: number): void;
  store_u64(address: bigint, value: bigint): void;
  input_offset(): bigint;
  input_length(): bigint;
  input_load_u8(offset: bigint): number;
  input_load_u64(offset: bigint): bigint;
}

let module: WebAssembly.Module | undefined;

/** A kernel that nothing has used before. */
export function newKernel(): Kernel {
  module ??= new WebAssembly.Module(Buffer.from(KERNEL_BASE64, "base64"));
  // The type above is the module's, which a test compares with its text.
  return new WebAssembly.Instance(module).exports as unknown as Kernel;
}
