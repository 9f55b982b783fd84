/** How one call may end early. */
export interface CallOptions {
  /** Ends the call with `ABORTED`. */
  readonly signal?: AbortSignal;
  /** Longest the call may take, in milliseconds; tightens the plugin's limit, never widens it. */
  readonly timeoutMs?: number;
}
