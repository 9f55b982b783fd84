import { malformed, unsupported } from "../binary/binary-cursor.ts";
import type { PlanType, TypeRef } from "../plan/types.ts";
import type { Codec } from "./codec.ts";
import { BYTES_CODEC, listCodec } from "./lists.ts";
import { PRIMITIVE_CODECS } from "./primitives.ts";
import { recordCodec, tupleCodec } from "./records.ts";
import { discriminantCodec, enumCodec, variantCodec } from "./variants.ts";

const MAX_BYTES = 1 << 28;
const MAX_DEPTH = 100;
const MAX_PARTS = 4096;
/** CanonicalABI.md: flags are at most 32. */
const MAX_FLAGS = 32;

/** The codecs of a plan's types. */
export class Codecs {
  readonly #defined: Codec[] = [];

  /** @throws ComponentError `INVALID_PLUGIN` for a type that no value could be of, or that is too large. */
  constructor(types: readonly PlanType[]) {
    for (const type of types) {
      const codec = this.#codec(type);
      if (codec.size > MAX_BYTES) throw malformed(`a ${type.kind} of ${codec.size} bytes`);
      if (codec.depth > MAX_DEPTH) throw malformed(`types nested more than ${MAX_DEPTH} deep`);
      this.#defined.push(codec);
    }
  }

  of(ref: TypeRef): Codec {
    const codec = typeof ref === "string" ? PRIMITIVE_CODECS[ref] : this.#defined[ref];
    if (codec === undefined) throw malformed(`there is no earlier type ${ref}`);
    return codec;
  }

  #codec(type: PlanType): Codec {
    const optional = (ref: TypeRef | null) => (ref === null ? undefined : this.of(ref));
    switch (type.kind) {
      case "list":
        return type.element === "u8" ? BYTES_CODEC : listCodec(this.of(type.element));
      case "tuple":
        requireParts(type.items);
        return tupleCodec(type.items.map((item) => this.of(item)));
      case "record":
        requireParts(type.fields);
        return recordCodec(
          type.fields.map(([name]) => name),
          type.fields.map(([, field]) => this.of(field)),
        );
      case "variant":
        requireParts(type.cases);
        return variantCodec(
          type.cases.map(([name, payload]) => ({ name, payload: optional(payload) })),
        );
      case "option":
        return variantCodec([
          { name: "none", payload: undefined },
          { name: "some", payload: this.of(type.value) },
        ]);
      case "result":
        return variantCodec([
          { name: "ok", payload: optional(type.ok) },
          { name: "err", payload: optional(type.err) },
        ]);
      case "enum":
        requireParts(type.names);
        return enumCodec(type.names);
      case "flags":
        requireParts(type.names);
        return flagsCodec(type.names.length);
      case "own":
      case "borrow":
        return handleCodec(type.kind, type.resource);
    }
  }
}

function requireParts(parts: readonly unknown[]): void {
  if (parts.length > 0 && parts.length <= MAX_PARTS) return;
  throw malformed(`a type of ${parts.length} parts, where 1 to ${MAX_PARTS} may be`);
}

function flagsCodec(count: number): Codec {
  if (count > MAX_FLAGS) throw unsupported(`more than ${MAX_FLAGS} flags in one type`);
  // As many bits as flags; what is 2 ** 8 cases for a variant, is 8 flags.
  const codec = discriminantCodec(2 ** count);
  const mask = (bits: unknown) => Number(BigInt.asUintN(count, BigInt(bits as number)));
  return {
    ...codec,
    load: (memory, at) => mask(codec.load(memory, at)),
    lift: (memory, reader) => mask(codec.lift(memory, reader)),
  };
}

function handleCodec(kind: "own" | "borrow", resource: number): Codec {
  const { u32 } = PRIMITIVE_CODECS;
  const method = kind === "own" ? "take" : "get";
  return {
    ...u32,
    load: (memory, at) => memory.handles[method](resource, u32.load(memory, at) as number),
    store: (memory, at, value) =>
      u32.store(memory, at, memory.handles.add(resource, value as object)),
    lift: (memory, reader) => memory.handles[method](resource, u32.lift(memory, reader) as number),
    lower: (memory, value, out) => void out.push(memory.handles.add(resource, value as object)),
  };
}
