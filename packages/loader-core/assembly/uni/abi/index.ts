import { AggregateInput } from "uni/aggregate/aggregate-input";
import { openEnvelope } from "uni/aggregate/envelope";
import { currentInput, setOutput } from "./call";

/** The manifest's field for the host ABI that a guest was built for. */
export const ABI_FIELD = "abi-core";

export function readInput(): ArrayBuffer {
  return currentInput();
}

/** What the host passes an aggregate's `update` and `merge`; null where it is no envelope. */
export function readAggregateInput(): AggregateInput | null {
  return openEnvelope(currentInput());
}

/** Makes the bytes the call's output, and returns the status of success. */
export function writeOutput(bytes: ArrayBuffer): i32 {
  setOutput(bytes);
  return 0;
}

/** Makes the text of `manifest` or `register`, as UTF-8, the call's output. */
export function writeDocument(text: string): i32 {
  return writeOutput(String.UTF8.encode(text));
}

/** Makes the message the call's output and returns `status`, which an export returns in turn. */
export function fail(status: i32, message: string): i32 {
  setOutput(String.UTF8.encode(message));
  return status;
}
