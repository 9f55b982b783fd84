import { cannedComponent, cannedExtismGuest } from "@uni/fixtures";
import { registrationOf } from "@uni/loader-tests";

/** What a function of a canned plugin does, in words of no ABI. */
type Doing =
  | { readonly kind: "trap" | "loop" | "recurse" | "echo" }
  | { readonly kind: "answer"; readonly bytes: Uint8Array }
  | { readonly kind: "error"; readonly code: number; readonly message: string };

/** What a canned plugin is, in words of no ABI; every part has a default that loads. */
export interface Told {
  /** Goes into the manifest. */
  readonly manifest?: object;
  /** The range of ABI versions that the manifest asks for. */
  readonly abi?: string;
  /** In place of a document: what the export does, any text, or null for no such export. */
  readonly documents?: {
    readonly manifest?: Doing | string | null;
    readonly register?: Doing | string | null;
  };
  /** What the scalar function `ai.example.canned.f`, of one double, does; null for no such export. */
  readonly scalar?: Doing | null;
  readonly memoryPages?: number;
  readonly start?: Doing;
}

const REGISTRATION = registrationOf();

export async function cannedForExtism(told: Told): Promise<Uint8Array<ArrayBuffer>> {
  const { scalar = { kind: "echo" } } = told;
  return cannedExtismGuest({
    ...rest(told),
    manifest: extismDocument(told.documents?.manifest, manifestOf(told, "abi-extism")),
    register: extismDocument(told.documents?.register, REGISTRATION),
    functions: scalar === null ? {} : { invoke_ai_example_canned_f: extismBehaviour(scalar) },
    ...(told.start === undefined ? {} : { start: extismBehaviour(told.start) }),
  });
}

export async function cannedForComponents(told: Told): Promise<Uint8Array<ArrayBuffer>> {
  const { scalar = { kind: "echo" } } = told;
  return cannedComponent({
    ...rest(told),
    manifest: componentDocument(told.documents?.manifest, manifestOf(told, "abi")),
    register: componentDocument(told.documents?.register, REGISTRATION),
    functions: scalar === null ? {} : { "invoke-scalar": componentBehaviour(scalar) },
    ...(told.start === undefined ? {} : { start: plainBehaviour(told.start) }),
  });
}

function rest({ memoryPages }: Told) {
  return memoryPages === undefined ? {} : { memoryPages };
}

function manifestOf({ manifest, abi = "^1" }: Told, abiField: string): string {
  const id = "ai.example.canned";
  return JSON.stringify({
    ...{ id, version: "1.0.0", capabilities: ["scalar-fn"], [abiField]: abi },
    ...manifest,
  });
}

function extismDocument(told: Doing | string | null | undefined, usual: string) {
  if (told === null || typeof told === "string") return told;
  return told === undefined ? usual : extismBehaviour(told);
}

function componentDocument(told: Doing | string | null | undefined, usual: string) {
  if (told === null || typeof told === "string") return told;
  return told === undefined ? usual : plainBehaviour(told);
}

function extismBehaviour(doing: Doing) {
  switch (doing.kind) {
    case "answer":
      return { kind: "output", bytes: doing.bytes } as const;
    case "error":
      return { kind: "fail", status: doing.code, message: doing.message } as const;
    default:
      return { kind: doing.kind };
  }
}

function componentBehaviour(doing: Doing) {
  switch (doing.kind) {
    case "error":
      return { kind: "err", code: doing.code, message: doing.message } as const;
    case "echo":
      return { kind: "echo" } as const;
    default:
      return plainBehaviour(doing);
  }
}

/** What an export can do that takes nothing and returns no result. */
function plainBehaviour(doing: Doing) {
  switch (doing.kind) {
    case "answer":
      return { kind: "output", bytes: doing.bytes } as const;
    case "trap":
    case "loop":
    case "recurse":
      return { kind: doing.kind };
    default:
      throw new Error(`a document or a start function has no ${doing.kind}`);
  }
}
