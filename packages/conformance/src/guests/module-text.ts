import { type GuestText, MEMORY, manifestOf, registrationOf, usesOf } from "./guest-text.ts";
import { dataAt, i32, watText } from "./wat.ts";

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

/** How the guest asks its host for one thing. */
export interface HostText {
  /**
   * What the functions import.
   *
   * @param name the host function's, as a string of WebAssembly text; `$ask` alone needs it.
   */
  imports(name: string): string;
  readonly functions: string;
}

/** The core module of a guest, in WebAssembly text with imports in front. */
export function moduleText(text: GuestText, abi: TextAbi): string {
  const { asks = "tick", memory = "1", start, fields = "" } = text;
  const host = [...usesOf(text)].map((name) => abi.host[name]);
  const documents = documentsOf(text, abi.abiField);
  return `(module
    ${abi.imports ?? ""}
    ${host.map(({ imports }) => imports(watText(asks))).join("\n")}
    (memory (export "memory") ${memory})
    ${documents.map(({ data }) => data).join("\n")}
    ${abi.functions}
    ${host.map(({ functions }) => functions).join("\n")}
    ${stepsOf(text, documents)
      .map(([step, body]) => exportOf(abi, step, body))
      .join("\n")}
    ${start === undefined ? "" : `${bodyOf("$start", start)} (start $start)`}
    ${fields})`;
}

/** A document in the guest's memory, and what its step does. */
interface DocumentText {
  readonly step: "manifest" | "register";
  readonly data: string;
  readonly body: string;
}

function documentsOf(text: GuestText, abiField: string): readonly DocumentText[] {
  const { inManifest = "", inRegister = "" } = text;
  const document = (step: DocumentText["step"], at: number, json: string, more: string) => {
    const bytes = new TextEncoder().encode(json);
    // What answers last counts.
    const body = `(call $answer ${i32(at)} ${i32(bytes.length)}) ${more}`;
    return { step, data: dataAt(at, bytes), body };
  };
  return [
    document("manifest", MEMORY.manifest, manifestOf(text, abiField), inManifest),
    document("register", MEMORY.registration, registrationOf(text), inRegister),
  ];
}

function exportOf(abi: TextAbi, step: GuestStep, body: string): string {
  return `${bodyOf(`$run_${step}`, body)} ${abi.exported(step, `$run_${step}`)}`;
}

const bodyOf = (name: string, body: string): string =>
  `(func ${name} (local $i i32) (local $j i64) ${body})`;

/** What a guest does in each step that it has. */
function stepsOf(
  { without = [], scalar, procedure, aggregate }: GuestText,
  documents: readonly DocumentText[],
): (readonly [GuestStep, string])[] {
  const own = documents.filter(({ step }) => !without.includes(step));
  const steps: Partial<Record<GuestStep, string | undefined>> = {
    ...Object.fromEntries(own.map(({ step, body }) => [step, body])),
    scalar,
    procedure,
    ...aggregate,
  };
  // The keys are those of the record's type.
  return (Object.entries(steps) as [GuestStep, string | undefined][]).flatMap(([step, body]) =>
    body === undefined ? [] : [[step, body] as const],
  );
}
