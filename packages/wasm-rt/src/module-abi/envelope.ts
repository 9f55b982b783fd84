/** A state and an IPC stream in one input: `[state length: u32 little-endian][state][IPC]`. */
export function envelope(state: Uint8Array, ipc: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4 + state.byteLength + ipc.byteLength);
  new DataView(bytes.buffer).setUint32(0, state.byteLength, true);
  bytes.set(state, 4);
  bytes.set(ipc, 4 + state.byteLength);
  return bytes;
}
