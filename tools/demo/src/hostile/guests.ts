import { assembleWat, cannedComponent, cannedExtismGuest, watName } from "@uni/fixtures";
import { encodeBatch } from "@uni/wasm-rt";
import { Float64, makeData, RecordBatch } from "apache-arrow";

const FLOAT64 = { kind: "primitive", arrow: "float64" };

/** The documents of a plugin whose functions take a double and give one. */
function documents(id: string, abiField: string, locals: readonly string[]) {
  const signature = { args: [FLOAT64], returns: FLOAT64, volatility: "volatile" };
  return {
    manifest: JSON.stringify({
      id,
      version: "1.0.0",
      [abiField]: "^1",
      capabilities: ["scalar-fn"],
    }),
    register: JSON.stringify({
      entries: locals.map((local) => ({ kind: "scalar", qname: `${id}.${local}`, signature })),
    }),
  };
}

/** An Extism plugin: `ai.example.endless.loop` never returns. */
export function loopGuest(): Promise<Uint8Array> {
  return cannedExtismGuest({
    ...documents("ai.example.endless", "abi-extism", ["loop"]),
    functions: { invoke_ai_example_endless_loop: { kind: "loop" } },
  });
}

/** A component: `ai.example.leak.echo` gives back what it is given. */
export function echoGuest(): Promise<Uint8Array> {
  return cannedComponent({
    ...documents("ai.example.leak", "abi", ["echo"]),
    functions: { "invoke-scalar": { kind: "echo" } },
  });
}

const MANIFEST_AT = 1024;
const REGISTRATION_AT = 4096;
const ANSWER_AT = 8192;
/** A double that no other bytes of a small stream are; a guest writes its own over it. */
const PLACEHOLDER = -1234.56789e-98;

/**
 * A core module: `ai.example.bomb.grow` grows its memory until that is refused and answers how many
 * pages it has; `ai.example.bomb.overrun` does that too, and then writes behind the last page.
 */
export function bombGuest(): Promise<Uint8Array> {
  const { manifest, register } = documents("ai.example.bomb", "abi-core", ["grow", "overrun"]);
  const answer = encodeBatch(batchOfDouble(PLACEHOLDER));
  const number = ANSWER_AT + 4 + placeOf(PLACEHOLDER, answer);
  const document = (name: string, at: number, text: string) => {
    const { length } = new TextEncoder().encode(text);
    return `(data (i32.const ${at + 4}) ${watName(text)})
      (func (export "${name}") (param i32 i32) (result i64) ${packed(at, length + 4)})`;
  };
  return assembleWat(`(module
    (memory (export "memory") 2)
    (func (export "alloc") (param i32) (result i32) (i32.const 65536))
    (func (export "dealloc") (param i32 i32))
    ${document("manifest", MANIFEST_AT, manifest)}
    ${document("register", REGISTRATION_AT, register)}
    (data (i32.const ${ANSWER_AT + 4}) ${bytesText(answer)})
    (func $grow
      (loop $more (br_if $more (i32.ne (memory.grow (i32.const 1)) (i32.const -1)))))
    (func (export "invoke_ai_example_bomb_grow") (param i32 i32) (result i64)
      (call $grow)
      (f64.store (i32.const ${number}) (f64.convert_i32_u (memory.size)))
      ${packed(ANSWER_AT, answer.length + 4)})
    (func (export "invoke_ai_example_bomb_overrun") (param i32 i32) (result i64)
      (call $grow)
      (i32.store (i32.shl (memory.size) (i32.const 16)) (i32.const 1))
      ${packed(ANSWER_AT, answer.length + 4)}))`);
}

/** Where bytes are and how many, as the core ABI returns them. */
const packed = (at: number, length: number): string =>
  `(i64.or (i64.shl (i64.const ${at}) (i64.const 32)) (i64.const ${length}))`;

const bytesText = (bytes: Uint8Array): string =>
  `"${Array.from(bytes, (byte) => `\\${byte.toString(16).padStart(2, "0")}`).join("")}"`;

export function batchOfDouble(value: number): RecordBatch {
  const type = new Float64();
  return new RecordBatch({ x: makeData({ type, length: 1, data: Float64Array.of(value) }) });
}

function placeOf(value: number, stream: Uint8Array): number {
  const at = Buffer.from(stream).indexOf(new Uint8Array(Float64Array.of(value).buffer));
  if (at < 0) throw new Error("the stream of the batch does not hold the batch's double");
  return at;
}
