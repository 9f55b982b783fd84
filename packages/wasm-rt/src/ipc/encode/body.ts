import { padded } from "../framing.ts";

/** A buffer that is not in memory as it is to be written. */
export interface DerivedBuffer {
  readonly byteLength: number;
  /** Writes all of it; `target` has as many bytes, of which none is known to be 0. */
  writeTo(target: Uint8Array): void;
}

export type BodyBuffer = Uint8Array | DerivedBuffer;

/** The buffers of one batch, in their order, and what its header says of them. */
export class Body {
  readonly rows: number;
  readonly buffers: BodyBuffer[] = [];
  /** Length and nulls of each column, one after the other. */
  readonly nodes: number[] = [];
  /** Data buffers of each view column. */
  readonly variadicCounts: number[] = [];
  /** Of the body, padding included. */
  bytes = 0;

  constructor(rows: number) {
    this.rows = rows;
  }

  addNode(length: number, nulls: number): void {
    this.nodes.push(length, nulls);
  }

  addBuffer(buffer: BodyBuffer): void {
    this.buffers.push(buffer);
    this.bytes += padded(buffer.byteLength);
  }
}
