const NONE = new ArrayBuffer(0);

let input: ArrayBuffer = NONE;
let output: ArrayBuffer = NONE;

/** Where the host writes an input. It is an object of this program, so that it is an ArrayBuffer as it is. */
export function alloc(bytes: i32): usize {
  return __new(bytes, idof<ArrayBuffer>());
}

/**
 * The host has copied this answer and will call again. What the call used is collected; what a global
 * variable holds stays, for it may be what the next call needs.
 */
export function dealloc(start: usize, bytes: i32): void {
  if (bytes !== 0) store<u32>(start, bytes - sizeof<u32>());
  input = NONE;
  output = NONE;
  __collect();
}

/** What every export does first. */
export function uni_begin(start: usize, bytes: i32): void {
  input = bytes === 0 ? NONE : changetype<ArrayBuffer>(start);
}

/** What every export does last: packs where the status is, with the output behind it. */
export function uni_end(status: i32): i64 {
  // In front of an object are four bytes with its size, which nobody reads before `dealloc`.
  const start = changetype<usize>(output) - sizeof<u32>();
  const bytes = <u64>output.byteLength + sizeof<u32>();
  store<i32>(start, status);
  return <i64>(((<u64>start) << 32) | bytes);
}

export function currentInput(): ArrayBuffer {
  return input;
}

export function setOutput(bytes: ArrayBuffer): void {
  output = bytes;
}
