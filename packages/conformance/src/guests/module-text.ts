import { type GuestText, MEMORY, manifestOf, registrationOf, usesOf } from "./guest-text.ts";
import { dataAt, watText } from "./wat.ts";

/** What a host calls of a guest. */
export type GuestStep =
  | "manifest"
  | "register"
  | "scalar"
  | "procedure"
  | "new"
  | "update"
  | "merge"
  | "evaluate";

/** What the exports are called where a module has those of the contract's table. */
export const STEP_EXPORTS: Readonly<Record<GuestStep, string>> = {
  manifest: "manifest",
  register: "register",
  scalar: "invoke_ai_example_canned_f",
  procedure: "proc_ai_example_canned_p_invoke",
  new: "agg_ai_example_canned_a_new",
  update: "agg_ai_example_canned_a_update",
  merge: "agg_ai_example_canned_a_merge",
  evaluate: "agg_ai_example_canned_a_evaluate",
};

/** An ABI in WebAssembly text, for {@link moduleText}. */
export interface TextAbi {
  /** What the format's manifests call the range of its ABI. */
  readonly abiField: string;
  /** Imports that every guest has. */
  readonly imports?: string;
  /** `$answer`, `$refuse`, `$input_length`, `$input`, `$state_length` and `$state`, and what they need. */
  readonly functions: string;
  /** `$log`, `$count` and `$ask`, with what each imports. */
  readonly host: Readonly<Record<"$log" | "$count" | "$ask", HostText>>;
  /** The export of a step, which calls the function `run`; that takes and leaves nothing. */
  exported(step: GuestStep, run: string): string;
}

export interface HostText {
  /** @param name the host function's, as a string of WebAssembly text; `$ask` alone needs it. */
  imports(name: string): string;
  readonly functions: string;
}

/** The core module of a guest, in WebAssembly text with imports in front. */
export function moduleText(text: GuestText, abi: TextAbi): string {
  const { asks = "tick", memory = "1", start, fields = "" } = text;
  const host = [...usesOf(text)].map((name) => abi.host[name]);
  const steps = stepsOf(text, abi.abiField);
  return `(module
    ${abi.imports ?? ""}
    ${host.map(({ imports }) => imports(watText(asks))).join("\n")}
    (memory (export "memory") ${memory})
    ${dataAt(MEMORY.manifest, bytesOf(manifestOf(text, abi.abiField)))}
    ${dataAt(MEMORY.registration, bytesOf(registrationOf(text)))}
    ${abi.functions}
    ${host.map(({ functions }) => functions).join("\n")}
    ${steps.map(([step, body]) => exportOf(abi, step, body)).join("\n")}
    ${start === undefined ? "" : `${bodyOf("$start", start)} (start $start)`}
    ${fields})`;
}

function exportOf(abi: TextAbi, step: GuestStep, body: string): string {
  return `${bodyOf(`$run_${step}`, body)} ${abi.exported(step, `$run_${step}`)}`;
}

const bodyOf = (name: string, body: string): string =>
  `(func ${name} (local $i i32) (local $j i64) ${body})`;

/** What a guest does in each step that it has. */
function stepsOf(text: GuestText, abiField: string): (readonly [GuestStep, string])[] {
  const { without = [], inManifest = "", inRegister = "", scalar, procedure, aggregate } = text;
  // What answers last counts.
  const documents: (readonly ["manifest" | "register", string])[] = [
    ["manifest", `${answer(MEMORY.manifest, manifestOf(text, abiField))} ${inManifest}`],
    ["register", `${answer(MEMORY.registration, registrationOf(text))} ${inRegister}`],
  ];
  const steps: Partial<Record<GuestStep, string | undefined>> = {
    ...Object.fromEntries(documents.filter(([name]) => !without.includes(name))),
    scalar,
    procedure,
    ...aggregate,
  };
  return (Object.entries(steps) as [GuestStep, string | undefined][]).flatMap(([step, body]) =>
    body === undefined ? [] : [[step, body] as const],
  );
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

const answer = (at: number, text: string): string =>
  `(call $answer (i32.const ${at}) (i32.const ${bytesOf(text).length}))`;
