const NONE = new ArrayBuffer(0);

let input: ArrayBuffer = NONE;
let output: ArrayBuffer = NONE;

/** Where the host writes the input of the next call. */
export function toy_alloc(bytes: i32): usize {
  input = new ArrayBuffer(bytes);
  return changetype<usize>(input);
}

export function toy_begin(start: usize, bytes: i32): void {
  if (start !== changetype<usize>(input) || bytes !== input.byteLength) unreachable();
}

/** `[address: 31 bits][failed: 1 bit][size: 32 bits]`. */
export function toy_end(status: i32): i64 {
  const failed: u64 = status === 0 ? 0 : 1;
  const start = <u64>changetype<usize>(output);
  return <i64>((start << 33) | (failed << 32) | <u64>output.byteLength);
}

export function currentInput(): ArrayBuffer {
  return input;
}

export function setOutput(bytes: ArrayBuffer): void {
  output = bytes;
}

export function setError(message: string): void {
  output = String.UTF8.encode(message);
}
