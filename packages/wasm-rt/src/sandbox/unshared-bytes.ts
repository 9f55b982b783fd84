/**
 * Bytes that no other thread sees. It is `Uint8Array<ArrayBuffer>` since TypeScript 5.7; before,
 * `Uint8Array` has no parameter, and a declaration that gives it one does not compile.
 */
export type UnsharedBytes = ReturnType<typeof Uint8Array.of>;
