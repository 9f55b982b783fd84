import type { PrimitiveName } from "@uni/plugin";
import { encodeBatches } from "@uni/wasm-rt";
import type { RecordBatch } from "apache-arrow";
import { type GuestText, MEMORY } from "./guest-text.ts";
import type { Scenario } from "./scenario.ts";
import { dataAt, i32 } from "./wat.ts";

/** The functions of every guest that is a text. */
export const CANNED = {
  id: "ai.example.canned",
  scalar: "ai.example.canned.f",
  aggregate: "ai.example.canned.a",
  procedure: "ai.example.canned.p",
} as const;

/** A primitive type, as a registration has it. */
export const primitive = (arrow: PrimitiveName): object => ({ kind: "primitive", arrow });
export const FLOAT64: object = primitive("float64");

const MANIFEST = { id: CANNED.id, version: "1.0.0", capabilities: ["scalar-fn"] };

/** The registration of the scalar function, of one double by default. */
export function scalarOf(signature: object = {}): object {
  const whole = { args: [FLOAT64], returns: FLOAT64, ...signature };
  return { kind: "scalar", qname: CANNED.scalar, signature: whole };
}

/** A scenario whose guest is a text; what is not said is a plugin with the one scalar function. */
export function scenario(name: string, about: string, text: Partial<GuestText>): Scenario {
  return {
    name,
    about,
    text: { manifest: MANIFEST, registration: { entries: [scalarOf()] }, ...text },
  };
}

/** The usual manifest, with more in it. */
export const manifestWith = (fields: object): Record<string, unknown> => ({
  ...MANIFEST,
  ...fields,
});

/** The usual manifest, with other capabilities. */
export const manifestOfSurfaces = (...capabilities: string[]): Record<string, unknown> =>
  manifestWith({ capabilities });

/** A body that answers what the call was given. */
export const ECHO: string = `(call $input ${i32(MEMORY.input)})
  (call $answer ${i32(MEMORY.input)} (call $input_length))`;

/** A body that passes to the host function what the call was given; its answer goes behind the data. */
export const TELL: string = `(call $input ${i32(MEMORY.input)})
  (drop (call $ask ${i32(MEMORY.input)} (call $input_length) ${i32(12_352)}))`;

export const ECHOES: Scenario = scenario("echo", "f(x) answers x", { scalar: ECHO });

/** A body that answers bytes, and the field that holds them. */
export function answering(bytes: Uint8Array): { readonly body: string; readonly field: string } {
  const at = MEMORY.data;
  return {
    body: `(call $answer ${i32(at)} ${i32(bytes.length)})`,
    field: dataAt(at, bytes),
  };
}

/** A guest whose scalar function answers these bytes, or the stream of these batches. */
export function answers(answer: Uint8Array | readonly RecordBatch[]): Partial<GuestText> {
  const { body, field } = answering(answer instanceof Uint8Array ? answer : encodeBatches(answer));
  return { scalar: body, fields: field };
}

/** The operands that pass a text to a function of the wrapper, and the field with it. */
export function textData(text: string): { readonly passed: string; readonly field: string } {
  const bytes = new TextEncoder().encode(text);
  const at = MEMORY.data;
  return { passed: `${i32(at)} ${i32(bytes.length)}`, field: dataAt(at, bytes) };
}
