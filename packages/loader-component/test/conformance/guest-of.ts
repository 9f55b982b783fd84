import { type GuestText, MEMORY, manifestOf, registrationOf, usesOf } from "@uni/conformance";
import { assembleWat, componentOf, watName } from "@uni/fixtures";
import { UNI_PACKAGE } from "../uni-interfaces.ts";

// What the canonical ABI reads and writes lies below the data of the guest.
const LEVEL_AT = 1024;
const RESULT_AT = 2048;
const GIVEN_AT = 3072;

const TEXT = "(param $at i32) (param $length i32)";
const PASSED = "(local.get $at) (local.get $length)";
const KEPT = "(global.get $start) (global.get $size)";

const WRAPPER = `
  (global $top (mut i32) (i32.const 65536))
  (global $answered (mut i32) (i32.const 0))
  (global $code (mut i32) (i32.const 0))
  (global $start (mut i32) (i32.const 0))
  (global $size (mut i32) (i32.const 0))
  (global $input_at (mut i32) (i32.const 0))
  (global $input_bytes (mut i32) (i32.const 0))
  (global $state_at (mut i32) (i32.const 0))
  (global $state_bytes (mut i32) (i32.const 0))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (local $start i32)
    (local.set $start (i32.and (i32.add (global.get $top) (i32.const 7)) (i32.const -8)))
    (global.set $top (i32.add (local.get $start) (local.get 3)))
    (if (i32.gt_u (global.get $top) (i32.shl (memory.size) (i32.const 16)))
      (then (drop (memory.grow (i32.add (i32.shr_u (local.get 3) (i32.const 16)) (i32.const 1))))))
    (local.get $start))
  (func $keep ${TEXT}
    (global.set $start (local.get $at)) (global.set $size (local.get $length)))
  (func $answer ${TEXT} (global.set $answered (i32.const 1)) (call $keep ${PASSED}))
  (func $refuse (param $code i32) ${TEXT}
    (global.set $code (local.get $code)) (call $keep ${PASSED}))
  (func $input_length (result i32) (global.get $input_bytes))
  (func $input (param $to i32)
    (memory.copy (local.get $to) (global.get $input_at) (global.get $input_bytes)))
  (func $state_length (result i32) (global.get $state_bytes))
  (func $state (param $to i32)
    (memory.copy (local.get $to) (global.get $state_at) (global.get $state_bytes)))
  (func $document ${TEXT} (result i32)
    (i32.store (i32.const ${RESULT_AT}) (local.get $at))
    (i32.store (i32.const ${RESULT_AT + 4}) (local.get $length))
    (i32.const ${RESULT_AT}))
  (func $result (result i32)
    (if (global.get $code) (then
      (i32.store8 (i32.const ${RESULT_AT}) (i32.const 1))
      (i32.store (i32.const ${RESULT_AT + 4}) (global.get $code))
      (i32.store (i32.const ${RESULT_AT + 8}) (global.get $start))
      (i32.store (i32.const ${RESULT_AT + 12}) (global.get $size))
      (i32.store8 (i32.const ${RESULT_AT + 16}) (i32.const 0))
      (return (i32.const ${RESULT_AT}))))
    (i32.store8 (i32.const ${RESULT_AT}) (i32.const 0))
    (i32.store (i32.const ${RESULT_AT + 4}) (global.get $start))
    (i32.store (i32.const ${RESULT_AT + 8}) (global.get $size))
    (i32.const ${RESULT_AT}))`;

interface Imported {
  readonly world: (asks: string) => string;
  readonly imports: (asks: string) => string;
  readonly wrapper: string;
}

const IMPORTED: Readonly<Record<string, Imported>> = {
  $log: {
    world: () => "import uni:plugin/host-log@0.1.0;",
    imports: () =>
      '(import "uni:plugin/host-log@0.1.0" "log" (func $log_at (param i32 i32 i32 i32)))',
    wrapper: `(data (i32.const ${LEVEL_AT}) "info")
      (func $log ${TEXT} (call $log_at (i32.const ${LEVEL_AT}) (i32.const 4) ${PASSED}))`,
  },
  $count: {
    world: () => "import uni:plugin/host-metrics@0.1.0;",
    imports: () =>
      '(import "uni:plugin/host-metrics@0.1.0" "metric-counter" (func $counter (param i32 i32 i32)))',
    wrapper: `(func $count ${TEXT} (call $counter ${PASSED} (i32.const ${GIVEN_AT})))`,
  },
  $ask: {
    world: () => "import acme:clock/clock@1.0.0;",
    imports: (asks) =>
      `(import "acme:clock/clock@1.0.0" ${watName(asks)} (func $asked (param i32 i32 i32)))`,
    wrapper: `(func $ask ${TEXT} (param $to i32) (result i32)
      (call $asked ${PASSED} (i32.const ${GIVEN_AT}))
      (memory.copy (local.get $to)
        (i32.load (i32.const ${GIVEN_AT})) (i32.load (i32.const ${GIVEN_AT + 4})))
      (i32.load (i32.const ${GIVEN_AT + 4})))`,
  },
};

/** A component of a guest's text. */
export async function guestOf(text: GuestText): Promise<Uint8Array<ArrayBuffer>> {
  const { asks = "tick", memory = "1", newest = false } = text;
  const used = [...usesOf(text)].flatMap((name) => IMPORTED[name] ?? []);
  const calls = callsOf(text);
  const core = `(module
    ${used.map(({ imports }) => imports(asks)).join("\n")}
    (memory (export "memory") ${memory})
    ${WRAPPER}
    ${used.map(({ wrapper }) => wrapper).join("\n")}
    ${documents(text)}
    ${calls.map(({ core }) => core).join("\n")}
    ${text.fields ?? ""})`;
  const world = `package wat:plugin;
    interface errors { record fn-error { code: u32, message: string, retryable: bool } }
    world wat {
      use errors.{fn-error};
      ${used.map(({ world }) => world(asks)).join("\n")}
      ${documentNames(text)
        .map((name) => `export ${name}: func() -> string;`)
        .join("\n")}
      ${calls.map(({ world }) => world).join("\n")}
    }
    ${UNI_PACKAGE}
    package acme:clock@1.0.0 { interface clock { %${asks}: func(bytes: list<u8>) -> list<u8>; } }`;
  return componentOf(await assembleWat(core, { exceptions: true, newest }), world, "wat");
}

const body = (name: string, instructions: string): string =>
  `(func ${name} (local $i i32) (local $j i64) ${instructions})`;

const documentNames = ({ without = [] }: GuestText): ("manifest" | "register")[] =>
  (["manifest", "register"] as const).filter((name) => !without.includes(name));

function documents(text: GuestText): string {
  const { inManifest = "", inRegister = "", start } = text;
  const parts = {
    manifest: [MEMORY.manifest, manifestOf(text, "abi"), inManifest],
    register: [MEMORY.registration, registrationOf(text), inRegister],
  } as const;
  const exported = documentNames(text).map((name) => {
    const [at, said, first] = parts[name];
    const bytes = new TextEncoder().encode(said).length;
    return `(data (i32.const ${at}) ${watName(said)})
      ${body(`$first_${name}`, first)}
      (func (export "${name}") (result i32)
        (call $first_${name})
        (if (global.get $answered) (then (return (call $document ${KEPT}))))
        (call $document (i32.const ${at}) (i32.const ${bytes})))`;
  });
  const started = start === undefined ? "" : `${body("$started", start)} (start $started)`;
  return [...exported, started].join("\n");
}

interface SurfaceCall {
  readonly core: string;
  readonly world: string;
}

/** Where the canonical ABI passes bytes, behind the qname. */
const PLACES = {
  ipc: ["$input_at", "$input_bytes"],
  state: ["$state_at", "$state_bytes"],
} as const;

function callsOf({ scalar, procedure, aggregate }: GuestText): SurfaceCall[] {
  const call = (
    name: string,
    instructions: string | undefined,
    ...given: readonly (keyof typeof PLACES)[]
  ): SurfaceCall[] => {
    if (instructions === undefined) return [];
    const kept = given.flatMap((what) => PLACES[what]);
    const set = kept.map((global, i) => `(global.set ${global} (local.get ${2 + i}))`).join(" ");
    const params = "i32 ".repeat(2 + kept.length);
    const typed = given.map((what) => `, ${what}: list<u8>`).join("");
    return [
      {
        core: `${body(`$${name}`, instructions)}
          (func (export "${name}") (param ${params}) (result i32)
            ${set} (call $${name}) (call $result))`,
        world: `export ${name}: func(qname: string${typed}) -> result<list<u8>, fn-error>;`,
      },
    ];
  };
  return [
    ...call("invoke-scalar", scalar, "ipc"),
    ...call("invoke-procedure", procedure, "ipc"),
    ...call("agg-new", aggregate?.new),
    ...call("agg-update", aggregate?.update, "state", "ipc"),
    ...call("agg-merge", aggregate?.merge, "state", "ipc"),
    ...call("agg-evaluate", aggregate?.evaluate, "state"),
  ];
}
