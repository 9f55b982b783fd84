import {
  type GuestText,
  MEMORY,
  manifestOf,
  registrationOf,
  type Scenario,
  usesOf,
} from "@uni/conformance";
import { assembleWat, watName } from "@uni/fixtures";
import { aggregateExport, procedureExport, scalarExport } from "../src/export-names.ts";
import { HOST_MODULE } from "../src/host-imports.ts";

/** The plugin of a scenario in this format; undefined where there is none. */
export async function guestOf({ text }: Scenario): Promise<Uint8Array | undefined> {
  // To write: what is compiled from sources, by the name of the scenario.
  if (text === undefined) return undefined;
  return assembleWat(moduleText(text), { exceptions: true, newest: text.newest ?? false });
}

// To write: what the ABI does for each of these; until then a guest that calls one traps with
// "unreachable". `WrapperFunction` of @uni/conformance says what they are for.
const ABI = `
  (func $answer (param $at i32) (param $length i32) (unreachable))
  (func $refuse (param $code i32) (param $at i32) (param $length i32) (unreachable))
  (func $input_length (result i32) (unreachable))
  (func $input (param $to i32) (unreachable))
  (func $state_length (result i32) (unreachable))
  (func $state (param $to i32) (unreachable))`;

/** What bodies may call that the host provides: imports, and functions around them. */
function hostCalls(text: GuestText): { imports: string; functions: string } {
  const { asks = "tick" } = text;
  const imported = (name: string, func: string) =>
    `(import ${watName(HOST_MODULE)} ${watName(name)} ${func})`;
  // To write: what the ABI's imports take and give, and how they are called. $log is an example.
  const calls = {
    $log: [imported("uni_host_log", "(func $log (param i32 i32))"), ""],
    $count: [
      imported("uni_metric_counter", "(func $count_import)"),
      "(func $count (param $at i32) (param $length i32) (unreachable))",
    ],
    $ask: [
      imported(asks, "(func $ask_import)"),
      "(func $ask (param $at i32) (param $length i32) (param $to i32) (result i32) (unreachable))",
    ],
  } as const;
  const used = [...usesOf(text)].map((name) => calls[name]);
  return {
    imports: used.map(([imports]) => imports).join("\n"),
    functions: used.map(([, functions]) => functions).join("\n"),
  };
}

function moduleText(text: GuestText): string {
  const { memory = "1", start, fields = "" } = text;
  const manifest = document(MEMORY.manifest, manifestOf(text, "abi-__name__"));
  const calls = hostCalls(text);
  const registration = document(MEMORY.registration, registrationOf(text));
  return `(module
    ${calls.imports}
    (memory (export "memory") ${memory})
    ${manifest.data}
    ${registration.data}
    ${ABI}
    ${calls.functions}
    ${documentExport(text, "manifest", manifest.answer + (text.inManifest ?? ""))}
    ${documentExport(text, "register", registration.answer + (text.inRegister ?? ""))}
    ${functionExports(text).join("\n")}
    ${start === undefined ? "" : `(func $start ${LOCALS} ${start}) (start $start)`}
    ${fields}
  )`;
}

const LOCALS = "(local $i i32) (local $j i64)";

/** A document's bytes in the memory, and how a guest answers them. What answers later counts. */
function document(at: number, json: string): { data: string; answer: string } {
  const length = new TextEncoder().encode(json).byteLength;
  return {
    data: `(data (i32.const ${at}) ${watName(json)})`,
    answer: `(call $answer (i32.const ${at}) (i32.const ${length}))`,
  };
}

function documentExport(text: GuestText, name: "manifest" | "register", body: string): string {
  return text.without?.includes(name) ? "" : exported(name, body);
}

function functionExports({ scalar, procedure, aggregate }: GuestText): string[] {
  const id = "ai.example.canned";
  return [
    scalar === undefined ? "" : exported(scalarExport(`${id}.f`), scalar),
    procedure === undefined ? "" : exported(procedureExport(`${id}.p`), procedure),
    ...(["new", "update", "merge", "evaluate"] as const).map((step) =>
      aggregate === undefined ? "" : exported(aggregateExport(`${id}.a`, step), aggregate[step]),
    ),
  ];
}

function exported(name: string, body: string): string {
  return `(func (export ${watName(name)}) ${LOCALS} ${body})`;
}
