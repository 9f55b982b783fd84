/** A `pollable`: ready from an instant of the guest's monotonic clock on. */
export class Pollable {
  readonly #readyAtNs: bigint;

  constructor(readyAtNs: bigint) {
    this.#readyAtNs = readyAtNs;
  }

  isReady(nowNs: bigint): boolean {
    return nowNs >= this.#readyAtNs;
  }
}
