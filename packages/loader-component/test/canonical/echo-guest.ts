// A real guest that passes on what it gets, and tells which core values and which bytes that was.
import { componentEmbed, componentNew, print } from "@bytecodealliance/jco-transpile/wasm-tools";
import { assembleWat } from "@uni/fixtures";
import { WitDefinitions, type WitType } from "../plan/wit-types.ts";

export type Encoding = "utf8" | "utf16";

/** Of a type the function that the guest exports, and the one of its host that it calls. */
export const ECHO = "echo";
export const HOST_INTERFACE = "t:t/host";
/** What the last call of the guest left in its memory: what is left of it then is forgotten. */
export const DUMP = "dump";

/** Where results are. */
export const RESULT = 2048;
/** Where begins what the guest makes room for. */
const HEAP = 16_384;

/**
 * A component that exports `echo<i>: func(v: T) -> T` for each of the types. Each writes the core values
 * that it is called with to the start of memory, and passes them on to `t:t/host#echo<i>`, whose result
 * it returns.
 */
export async function echoGuest(
  types: readonly WitType[],
  encoding: Encoding,
): Promise<Uint8Array> {
  const witSource = worldOf(types);
  // What core functions are passed is worked out by wasm-tools.
  const dummy = await componentEmbed({ dummy: true, witSource, world: "w" });
  const core = await assembleWat(coreOf(types.length, await print(dummy)));
  return componentNew(
    await componentEmbed({ binary: core, witSource, world: "w", stringEncoding: encoding }),
  );
}

function worldOf(types: readonly WitType[]): string {
  const definitions = new WitDefinitions("t");
  const uses = types.map((type) => definitions.use(type));
  const functions = uses.map((use, i) => `${ECHO}${i}: func(v: ${use}) -> ${use};`);
  const names = definitions.lines.map((line) => line.split(" ")[1]);
  return `package t:t;
    interface host { ${[...definitions.lines, ...functions].join("\n")} }
    world w {
      import host;
      ${names.length === 0 ? "" : `use host.{${names.join(", ")}};`}
      ${functions.map((text) => `export ${text}`).join("\n")}
      export ${DUMP}: func() -> list<u8>;
    }`;
}

interface CoreType {
  readonly params: readonly string[];
  readonly results: readonly string[];
}

function coreOf(count: number, dummy: string): string {
  const types = [...dummy.matchAll(/^ {2}\(type \(;\d+;\) \(func(.*)\)\)$/gm)].map(coreType);
  const imports = Array.from({ length: count }, (_, i) => {
    const [, index] =
      dummy.match(new RegExp(`"${ECHO}${i}" \\(func \\(;\\d+;\\) \\(type (\\d+)\\)`)) ?? [];
    const type = types[Number(index)];
    if (type === undefined) throw new Error(`wasm-tools has no type for ${ECHO}${i}`);
    return type;
  });
  return `(module
    ${imports.map((type, i) => `(import "cm32p2|${HOST_INTERFACE}" "${ECHO}${i}" (func $host${i} ${head(type)}))`).join("\n")}
    (memory (export "cm32p2_memory") 2)
    (global $top (mut i32) (i32.const ${HEAP}))
    (func (export "cm32p2_initialize"))
    (func (export "cm32p2_realloc") (param i32 i32 i32 i32) (result i32) (local $before i32)
      (local.set $before (global.get $top))
      (global.set $top (i32.and
        (i32.add (global.get $top) (i32.sub (local.get 2) (i32.const 1)))
        (i32.sub (i32.const 0) (local.get 2))))
      (global.get $top)
      (global.set $top (i32.add (global.get $top) (local.get 3)))
      ;; A page for every allocation: every one of them moves the memory.
      (drop (memory.grow (i32.const 1)))
      ;; What stands there of the call before is not what this one leaves.
      (memory.fill (local.get $before) (i32.const 0)
        (i32.sub (global.get $top) (local.get $before))))
    (func (export "cm32p2||${DUMP}") (result i32)
      (i32.store (i32.const 1028) (global.get $top))
      (global.set $top (i32.const ${HEAP}))
      (i32.const 1024))
    ${imports.map(echo).join("\n")})`;
}

function echo(type: CoreType, i: number): string {
  // A result in memory has no place in the core results, but one more parameter.
  const inMemory = type.results.length === 0;
  const params = inMemory ? type.params.slice(0, -1) : type.params;
  const kept = params.map((param, j) => {
    const value = `(local.get ${j})`;
    return `(${param}.store offset=${j * 8} (i32.const 0) ${value})`;
  });
  const passed = [
    ...params.map((_, j) => `(local.get ${j})`),
    ...(inMemory ? [`(i32.const ${RESULT})`] : []),
  ];
  const results = inMemory ? ["i32"] : type.results;
  return `(func (export "cm32p2||${ECHO}${i}") ${head({ params, results })}
    (memory.fill (i32.const 0) (i32.const 0) (i32.const ${HEAP}))
    ${kept.join("\n")}
    (call $host${i} ${passed.join(" ")})
    ${inMemory ? `(i32.const ${RESULT})` : ""})`;
}

function head({ params, results }: CoreType): string {
  return [...params.map((p) => `(param ${p})`), ...results.map((r) => `(result ${r})`)].join(" ");
}

function coreType([, text = ""]: RegExpMatchArray): CoreType {
  const of = (kind: string) =>
    new RegExp(`\\(${kind} ([^)]*)\\)`).exec(text)?.[1]?.split(" ") ?? [];
  return { params: of("param"), results: of("result") };
}
