let called = false;

/**
 * What every export does first: collects what calls before this one used. What a global variable holds
 * stays.
 */
export function uni_begin(): void {
  if (called) __collect();
  called = true;
}

/** What every export does last. */
export function uni_end(status: i32): i32 {
  return status;
}
