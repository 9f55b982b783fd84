import { setError, setOutput } from "./call";

export { readAggregateInput, readInput } from "./input";

/** The manifest's field for the host ABI that a guest was built for. */
export const ABI_FIELD = "abi-toy";

export function writeOutput(bytes: ArrayBuffer): i32 {
  setOutput(bytes);
  return 0;
}

export function writeDocument(text: string): i32 {
  return writeOutput(String.UTF8.encode(text));
}

export function fail(status: i32, message: string): i32 {
  setError(message);
  return status;
}
