import { type Behaviour, type CannedGuestOptions, cannedExtismGuest } from "@uni/fixtures";

const FLOAT64 = { kind: "primitive", arrow: "float64" };

/** A plugin whose function `ai.example.canned.f` behaves as told. */
export function cannedPlugin(
  behaviour: Behaviour,
  { args = [FLOAT64], returns = FLOAT64, ...options }: CannedOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const signature = { args, returns };
  const entry = { kind: "scalar", qname: "ai.example.canned.f", signature };
  return cannedExtismGuest({
    register: JSON.stringify({ entries: [entry] }),
    functions: { invoke_ai_example_canned_f: behaviour },
    ...options,
  });
}

export interface CannedOptions extends CannedGuestOptions {
  readonly args?: readonly object[];
  readonly returns?: object;
}

/** An echo of its one argument, of whatever type: what goes in comes out. */
export function echoPlugin(type: object): Promise<Uint8Array<ArrayBuffer>> {
  return cannedPlugin({ kind: "echo" }, { args: [type], returns: type });
}
