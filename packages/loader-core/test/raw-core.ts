import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { decodeBatch } from "@uni/wasm-rt";
import { type RecordBatch, tableFromIPC } from "apache-arrow";
import { Table as ArrowRsTable } from "parquet-wasm";
import { expect } from "vitest";

/** What a function of the core ABI answers: a status and the rest. */
export interface CoreAnswer {
  readonly status: number;
  readonly payload: Uint8Array;
}

/** A function of the host: what it gets, and what it gives, which may be nothing. */
type HostFunction = (input: Uint8Array) => Uint8Array | undefined;

export interface CoreOptions {
  readonly host?: Readonly<Record<string, HostFunction>>;
  /** What memory that nobody wrote to is full of; without it, zeros. */
  readonly filler?: number;
}

type Memory = WebAssembly.Memory;
type Callable = (...args: readonly number[]) => bigint | number;

/** The bytes of a guest in C, by the name of its source. */
export function guestBytes(name: string): Uint8Array<ArrayBuffer> {
  const path = fileURLToPath(new URL(`../guests/c/${name}.wasm`, import.meta.url));
  return new Uint8Array(readFileSync(path));
}

/** Calls one export after another, each in a fresh instance, with WebAssembly's own API alone. */
export class RawCore {
  readonly module: WebAssembly.Module;

  constructor(bytes: Uint8Array<ArrayBuffer>) {
    this.module = new WebAssembly.Module(bytes);
  }

  call(name: string, input?: Uint8Array, options: CoreOptions = {}): CoreAnswer {
    const { host = {}, filler } = options;
    const wrapped = Object.entries(host).map(([key, function_]) => {
      const run = (at: number, size: number) => {
        const given = function_(new Uint8Array(memory().buffer, at, size).slice());
        return given === undefined ? 0n : pack(place(given), given.length);
      };
      return [key, run];
    });
    const { exports } = new WebAssembly.Instance(this.module, {
      "uni:plugin": Object.fromEntries(wrapped),
    });
    const memory = () => exports.memory as Memory;
    const run = (key: string, ...args: readonly number[]) => (exports[key] as Callable)(...args);
    const place = (bytes: Uint8Array) => {
      const at = Number(run("alloc", bytes.length)) >>> 0;
      new Uint8Array(memory().buffer).set(bytes, at);
      return at;
    };
    (exports._initialize as Callable | undefined)?.();
    if (filler !== undefined) {
      memory().grow(1);
      new Uint8Array(memory().buffer).fill(filler, Number(run("alloc", 0)) >>> 0);
    }
    const packed = input === undefined ? run(name, 0, 0) : run(name, place(input), input.length);
    const at = Number(BigInt.asUintN(64, packed as bigint) >> 32n);
    const size = Number(BigInt.asUintN(32, packed as bigint));
    const answer = new Uint8Array(memory().buffer, at, size).slice();
    return { status: new DataView(answer.buffer).getUint32(0, true), payload: answer.subarray(4) };
  }

  /** The answer of a call that succeeds. */
  answer(name: string, input?: Uint8Array, options?: CoreOptions): Uint8Array {
    const { status, payload } = this.call(name, input, options);
    if (status !== 0) throw new Error(`${name} failed with ${status}: ${decodeText(payload)}`);
    return payload;
  }

  /** The code and the message of a call that fails. */
  failure(name: string, input?: Uint8Array): { code: number; message: string } {
    const { status, payload } = this.call(name, input);
    expect(status).not.toBe(0);
    return { code: status, message: decodeText(payload) };
  }

  document(name: string): unknown {
    return JSON.parse(decodeText(this.answer(name)));
  }
}

function pack(at: number, size: number): bigint {
  return (BigInt(at) << 32n) | BigInt(size);
}

function decodeText(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}

/** The input of an aggregate's update or merge. */
export function envelope(state: Uint8Array, stream: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4 + state.length + stream.length);
  new DataView(bytes.buffer).setUint32(0, state.length, true);
  bytes.set(state, 4);
  bytes.set(stream, 4 + state.length);
  return bytes;
}

/** The columns of a stream of one batch, as our decoder, apache-arrow and arrow-rs all have it. */
export function columnsOf(stream: Uint8Array): unknown[][] {
  const decoded = decodeBatch(stream);
  if (decoded === undefined) throw new Error("expected a batch, got a stream without one");
  const columns = valuesOf(decoded);
  const rewritten = ArrowRsTable.fromIPCStream(stream).intoIPCStream();
  for (const bytes of [stream, rewritten]) {
    const table = tableFromIPC(bytes);
    expect(table.schema.fields.map(String)).toEqual(decoded.schema.fields.map(String));
    expect(table.numRows).toBe(decoded.numRows);
    const values = table.schema.fields.map((_, i) => [...(table.getChildAt(i) ?? [])]);
    expect(values).toEqual(columns);
  }
  return columns;
}

export function valuesOf(batch: RecordBatch): unknown[][] {
  return batch.schema.fields.map((_, i) => [...(batch.getChildAt(i) ?? [])]);
}
