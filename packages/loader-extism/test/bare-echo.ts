const FIRST_ADDRESS = 8;

/**
 * Calls an export of a fresh instance on the least that its Extism imports can be: one buffer, no
 * limits, no errors. The floor of what a host can cost that is written in JavaScript.
 */
export function bareEcho(module: WebAssembly.Module, name: string, input: Uint8Array): Uint8Array {
  const blocks = new Uint8Array(4096);
  const view = new DataView(blocks.buffer);
  const inputView = new DataView(input.buffer, input.byteOffset, input.byteLength);
  let top = FIRST_ADDRESS;
  let output = [0, 0];
  const env = {
    alloc: (length: bigint) => {
      const address = top;
      top += Number(length);
      return BigInt(address);
    },
    input_length: () => BigInt(input.byteLength),
    input_load_u8: (at: bigint) => inputView.getUint8(Number(at)),
    input_load_u64: (at: bigint) => inputView.getBigUint64(Number(at), true),
    store_u8: (at: bigint, value: number) => view.setUint8(Number(at), value),
    store_u64: (at: bigint, value: bigint) => view.setBigUint64(Number(at), value, true),
    output_set: (address: bigint, length: bigint) => {
      output = [Number(address), Number(length)];
    },
  };
  const { exports } = new WebAssembly.Instance(module, { "extism:host/env": env });
  // The guest is this benchmark's own.
  const status = (exports[name] as () => number)();
  if (status !== 0) throw new Error(`${name} returned status ${status}`);
  const [address = 0, length = 0] = output;
  return blocks.slice(address, address + length);
}
