import type { Broken } from "./broken-streams.ts";
import { FirstMessage } from "./flatbuffer-positions.ts";
import type { FieldSpec, SchemaSpec, StreamSpec, TypeSpec } from "./stream-spec.ts";

export function schemaOf({ messages }: StreamSpec): SchemaSpec {
  const header = messages[0]?.header;
  if (header?.is !== "schema") throw new Error("the stream does not start with a schema");
  return header;
}

export function firstField(spec: StreamSpec): FieldSpec {
  const [first] = schemaOf(spec).fields ?? [];
  if (first === undefined) throw new Error("the schema has no fields");
  return first;
}

export const ofType = (what: string, type: TypeSpec, more: Partial<Broken> = {}): Broken => ({
  what,
  of: "doubles",
  spec: (spec) => {
    firstField(spec).type = type;
  },
  column: "x",
  ...more,
});

export const setUint16 =
  (at: (m: FirstMessage) => number, value: number) => (bytes: Uint8Array) => {
    const message = new FirstMessage(bytes);
    message.view.setUint16(at(message), value, true);
    return undefined;
  };

export const setUint32 =
  (at: (m: FirstMessage) => number, value: number) => (bytes: Uint8Array) => {
    const message = new FirstMessage(bytes);
    message.view.setUint32(at(message), value, true);
    return undefined;
  };

export const add = (at: (m: FirstMessage) => number, value: number) => (bytes: Uint8Array) => {
  const message = new FirstMessage(bytes);
  message.view.setUint32(at(message), message.view.getUint32(at(message), true) + value, true);
  return undefined;
};

export const big = 2n ** 60n;
