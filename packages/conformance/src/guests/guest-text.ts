/**
 * A guest in WebAssembly text that belongs to no format: a loader's author puts the format's ABI
 * around it.
 *
 * Its function is `ai.example.canned.f`, a scalar; it may have an aggregate `ai.example.canned.a` and
 * a procedure `ai.example.canned.p` as well. Every body is instructions that take and leave nothing,
 * with the locals `$i` of i32 and `$j` of i64; it runs when the host makes its call, and may use what
 * {@link WrapperFunction} lists. A body that neither answers nor refuses answers no bytes.
 *
 * A wrapper may use the memory below {@link MEMORY.data} and what lies behind its first page. Inputs
 * of a few hundred bytes have to fit there: some guests may not grow their memory. The memory is
 * exported or used as the format wants it, and has to be the module's first.
 */
export interface GuestText {
  /**
   * The manifest. A wrapper adds `abi` under the name that its format has for it, unless the manifest
   * is a text, which it takes as it is.
   */
  readonly manifest: Readonly<Record<string, unknown>> | string;
  /** What the manifest says of the ABI; by default `^1`. */
  readonly abi?: string | undefined;
  readonly registration: object | string;
  /** Documents whose export is missing. */
  readonly without?: readonly ("manifest" | "register")[] | undefined;
  /** What the exports of the documents do; where that answers, the document is not given. */
  readonly inManifest?: string | undefined;
  readonly inRegister?: string | undefined;
  /** What the module's start function does. */
  readonly start?: string | undefined;
  /** What the scalar function does; without it, its export is missing. */
  readonly scalar?: string | undefined;
  readonly procedure?: string | undefined;
  readonly aggregate?: AggregateText | undefined;
  /** More fields of the module. */
  readonly fields?: string | undefined;
  /** Limits of the memory in pages, the maximum behind the minimum; by default `1`. */
  readonly memory?: string | undefined;
  /**
   * What `$ask` imports: a function of the host. Its name is `tick` unless said, and as a component
   * imports it `acme:clock/clock@1.0.0#NAME`.
   */
  readonly asks?: string | undefined;
  /** Whether the text needs more than WebAssembly 2.0 and exceptions. */
  readonly newest?: boolean | undefined;
}

/** What the steps of the aggregate do. */
export interface AggregateText {
  readonly new: string;
  readonly update: string;
  readonly merge: string;
  readonly evaluate: string;
}

/**
 * The functions that every wrapper defines. Those that import something are there only where a body
 * uses them; {@link usesOf} says which.
 *
 * - `$answer (param $at i32) (param $length i32)` chooses what the call answers;
 * - `$refuse (param $code i32) (param $at i32) (param $length i32)` makes it an error of the function,
 *   with a code other than 0 and a message;
 * - `$input_length (result i32)` is how many bytes the call was given, without a state, and
 *   `$input (param $to i32)` copies them;
 * - `$state_length (result i32)` and `$state (param $to i32)` are of the state that `update`, `merge`
 *   and `evaluate` were given;
 * - `$log (param $at i32) (param $length i32)` logs a text at the level `info`;
 * - `$count (param $at i32) (param $length i32)` asks for the counter of that name;
 * - `$ask (param $at i32) (param $length i32) (param $to i32) (result i32)` calls the host function,
 *   copies what it gave, and leaves how many bytes that were.
 */
export type WrapperFunction =
  | "$answer"
  | "$refuse"
  | "$input_length"
  | "$input"
  | "$state_length"
  | "$state"
  | "$log"
  | "$count"
  | "$ask";

/** Where things are in the memory of a guest. */
export const MEMORY = {
  /** From here on are the guest's own data. */
  data: 8192,
  /** Where a wrapper puts the documents. */
  manifest: 16_384,
  registration: 32_768,
  /** From here to the end of the first page a body may copy its input. */
  input: 49_152,
} as const;

/** A host function as the guest of a text imports it. */
export const witNameOf = (name: string): string => `acme:clock/clock@1.0.0#${name}`;

/** Which of the functions that import something a text uses. */
export function usesOf(text: GuestText): ReadonlySet<"$log" | "$count" | "$ask"> {
  const { new: first, update, merge, evaluate } = text.aggregate ?? {};
  const bodies = [text.inManifest, text.inRegister, text.start, text.scalar, text.procedure];
  const all = [...bodies, first, update, merge, evaluate, text.fields].join(" ");
  const names = ["$log", "$count", "$ask"] as const;
  return new Set(names.filter((name) => new RegExp(`\\(call \\${name}[ )]`).test(all)));
}

/** The manifest of a text, with the range of ABI versions in the field that the format has for it. */
export function manifestOf({ manifest, abi = "^1" }: GuestText, abiField: string): string {
  if (typeof manifest === "string") return manifest;
  return JSON.stringify({ [abiField]: abi, ...manifest });
}

/** The registration of a text. */
export function registrationOf({ registration }: GuestText): string {
  return typeof registration === "string" ? registration : JSON.stringify(registration);
}
