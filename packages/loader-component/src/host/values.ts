/** A variant, an option (`some`, `none`) or a result (`ok`, `err`) as the host sees it. */
export interface Tagged<Tag extends string = string, Value = unknown> {
  readonly tag: Tag;
  readonly value?: Value;
}

/** The value of an `option` that has one. */
export function some<V>(value: V): Tagged<"some", V> {
  return { tag: "some", value };
}

/** The value of an `option` that has none. */
export const NONE: Tagged<"none"> = Object.freeze({ tag: "none" });

/** The value of a `result` that succeeded; without a payload where its type has none. */
export function ok<V = undefined>(value?: V): Tagged<"ok", V> {
  return value === undefined ? { tag: "ok" } : { tag: "ok", value };
}

/** The value of a `result` that failed. */
export function err<V = undefined>(value?: V): Tagged<"err", V> {
  return value === undefined ? { tag: "err" } : { tag: "err", value };
}
