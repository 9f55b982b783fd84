const NONE = new ArrayBuffer(0);

let input: ArrayBuffer = NONE;
let output: ArrayBuffer = NONE;

/** Where the host writes an input. It is an object of this program, so that it is an ArrayBuffer as it is. */
export function alloc(bytes: i32): usize {
  return __new(bytes, idof<ArrayBuffer>());
}

/** A guest serves one call, so nothing needs to be freed. */
export function dealloc(_start: usize, _bytes: i32): void {}

/** What every export does first. */
export function uni_begin(start: usize, bytes: i32): void {
  input = bytes === 0 ? NONE : changetype<ArrayBuffer>(start);
}

/** What every export does last: packs where the status is, with the output behind it. */
export function uni_end(status: i32): i64 {
  // In front of an object are four bytes with its size, which nobody reads any more.
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
