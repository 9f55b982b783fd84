import { moduleText, type Scenario, STEP_EXPORTS, type TextAbi } from "@uni/conformance";
import { assembleWat } from "@uni/fixtures";
import { HOST_MODULE } from "../src/host-imports.ts";

/** The plugin of a scenario in this format; undefined where there is none. */
export async function guestOf({ text }: Scenario): Promise<Uint8Array | undefined> {
  // To write: what is compiled from sources, by the name of the scenario; or `cannot`, beside this.
  if (text === undefined) return undefined;
  const features = { exceptions: true, newest: text.newest ?? false };
  return assembleWat(moduleText(text, ABI), features);
}

const TEXT = "(param $at i32) (param $length i32)";

// To write: what the ABI does for each of these; until then a guest that calls one traps with
// "unreachable". `WrapperFunction` of @uni/conformance says what they are for, and guest-of.ts of
// loader-core has them for an ABI of pointers and lengths.
const ABI: TextAbi = {
  abiField: "abi-__name__",
  functions: `
    (func $answer ${TEXT} (unreachable))
    (func $refuse (param $code i32) ${TEXT} (unreachable))
    (func $input_length (result i32) (unreachable))
    (func $input (param $to i32) (unreachable))
    (func $state_length (result i32) (unreachable))
    (func $state (param $to i32) (unreachable))`,
  host: {
    $log: {
      imports: () => `(import "${HOST_MODULE}" "uni_host_log" (func $log ${TEXT}))`,
      functions: "",
    },
    $count: {
      imports: () => `(import "${HOST_MODULE}" "uni_metric_counter" (func $count ${TEXT}))`,
      functions: "",
    },
    $ask: {
      imports: (name) => `(import "${HOST_MODULE}" ${name} (func $asked ${TEXT}))`,
      functions: `(func $ask ${TEXT} (param $to i32) (result i32) (unreachable))`,
    },
  },
  exported: (step, run) => `(func (export "${STEP_EXPORTS[step]}") (call ${run}))`,
};
