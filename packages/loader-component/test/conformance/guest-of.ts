import { type GuestStep, type GuestText, moduleText, type TextAbi, usesOf } from "@uni/conformance";
import { assembleWat, componentOf } from "@uni/fixtures";
import { UNI_PACKAGE } from "../uni-interfaces.ts";

// What the canonical ABI reads and writes lies below the data of the guest.
const LEVEL_AT = 1024;
const RESULT_AT = 2048;
const GIVEN_AT = 3072;

const TEXT = "(param $at i32) (param $length i32)";
const PASSED = "(local.get $at) (local.get $length)";
const FUNCTIONS = `
  (global $top (mut i32) (i32.const 65536))
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
  (func $answer ${TEXT} (call $keep ${PASSED}))
  (func $refuse (param $code i32) ${TEXT}
    (global.set $code (local.get $code)) (call $keep ${PASSED}))
  (func $input_length (result i32) (global.get $input_bytes))
  (func $input (param $to i32)
    (memory.copy (local.get $to) (global.get $input_at) (global.get $input_bytes)))
  (func $state_length (result i32) (global.get $state_bytes))
  (func $state (param $to i32)
    (memory.copy (local.get $to) (global.get $state_at) (global.get $state_bytes)))
  (func $document (result i32)
    (i32.store (i32.const ${RESULT_AT}) (global.get $start))
    (i32.store (i32.const ${RESULT_AT + 4}) (global.get $size))
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

const HOST: TextAbi["host"] = {
  $log: {
    imports: () =>
      '(import "uni:plugin/host-log@0.1.0" "log" (func $log_at (param i32 i32 i32 i32)))',
    functions: `(data (i32.const ${LEVEL_AT}) "info")
      (func $log ${TEXT} (call $log_at (i32.const ${LEVEL_AT}) (i32.const 4) ${PASSED}))`,
  },
  $count: {
    imports: () =>
      '(import "uni:plugin/host-metrics@0.1.0" "metric-counter" (func $counter (param i32 i32 i32)))',
    functions: `(func $count ${TEXT} (call $counter ${PASSED} (i32.const ${GIVEN_AT})))`,
  },
  $ask: {
    imports: (name) =>
      `(import "acme:clock/clock@1.0.0" ${name} (func $asked (param i32 i32 i32)))`,
    functions: `(func $ask ${TEXT} (param $to i32) (result i32)
      (call $asked ${PASSED} (i32.const ${GIVEN_AT}))
      (memory.copy (local.get $to)
        (i32.load (i32.const ${GIVEN_AT})) (i32.load (i32.const ${GIVEN_AT + 4})))
      (i32.load (i32.const ${GIVEN_AT + 4})))`,
  },
};

const IMPORTED = {
  $log: "import uni:plugin/host-log@0.1.0;",
  $count: "import uni:plugin/host-metrics@0.1.0;",
  $ask: "import acme:clock/clock@1.0.0;",
} as const;

/** The export of each step, and the bytes that it gets behind the qname. */
const CALLS: Readonly<
  Record<
    Exclude<GuestStep, "manifest" | "register">,
    readonly [name: string, ...given: (keyof typeof PLACES)[]]
  >
> = {
  scalar: ["invoke-scalar", "ipc"],
  procedure: ["invoke-procedure", "ipc"],
  new: ["agg-new"],
  update: ["agg-update", "state", "ipc"],
  merge: ["agg-merge", "state", "ipc"],
  evaluate: ["agg-evaluate", "state"],
};

/** Where bytes are kept that the canonical ABI passes. */
const PLACES = {
  ipc: ["$input_at", "$input_bytes"],
  state: ["$state_at", "$state_bytes"],
} as const;

const ABI: TextAbi = {
  abiField: "abi",
  functions: FUNCTIONS,
  host: HOST,
  exported: (step, run) => {
    if (step === "manifest" || step === "register") {
      return `(func (export "${step}") (result i32) (call ${run}) (call $document))`;
    }
    const [name, ...given] = CALLS[step];
    const kept = given.flatMap((what) => PLACES[what]);
    const set = kept.map((global, i) => `(global.set ${global} (local.get ${2 + i}))`).join(" ");
    return `(func (export "${name}") (param ${"i32 ".repeat(2 + kept.length)}) (result i32)
      ${set} (call ${run}) (call $result))`;
  },
};

/** The world of a guest: what its module imports and exports. */
function worldOf(text: GuestText): string {
  const { asks = "tick", without = [], scalar, procedure, aggregate } = text;
  const documents = (["manifest", "register"] as const).filter((name) => !without.includes(name));
  const steps = Object.entries({ scalar, procedure, ...aggregate }).flatMap(([step, body]) =>
    // They are the steps of `CALLS`, by the type of a text.
    body === undefined ? [] : [CALLS[step as keyof typeof CALLS]],
  );
  const call = ([name, ...given]: (typeof steps)[number]) => {
    const typed = given.map((what) => `, ${what}: list<u8>`).join("");
    return `export ${name}: func(qname: string${typed}) -> result<list<u8>, fn-error>;`;
  };
  return `package wat:plugin;
    interface errors { record fn-error { code: u32, message: string, retryable: bool } }
    world wat {
      use errors.{fn-error};
      ${[...usesOf(text)].map((name) => IMPORTED[name]).join("\n")}
      ${documents.map((name) => `export ${name}: func() -> string;`).join("\n")}
      ${steps.map(call).join("\n")}
    }
    ${UNI_PACKAGE}
    package acme:clock@1.0.0 { interface clock { %${asks}: func(bytes: list<u8>) -> list<u8>; } }`;
}

/** A component of a guest's text. */
export async function guestOf(text: GuestText): Promise<Uint8Array<ArrayBuffer>> {
  const features = { exceptions: true, newest: text.newest ?? false };
  return componentOf(await assembleWat(moduleText(text, ABI), features), worldOf(text), "wat");
}
