import { releaseInput } from "./input";

let answered = false;

/** What the host calls when it has read the result of an export. */
export function uni_after(_result: i32): void {
  answered = true;
}

/**
 * Collects what the calls before used, where the host makes room for the arguments of another one. What
 * a global variable holds stays. During a call nothing is collected.
 */
export function collectAnswered(): void {
  if (!answered) return;
  answered = false;
  releaseInput();
  __collect();
}
