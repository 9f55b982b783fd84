/** A document that differs from another in one place, and how. */
export interface Variant {
  readonly title: string;
  readonly document: unknown;
}

type Path = readonly (string | number)[];

/** Every document that differs from the given one in one value of it. */
export function variantsOf(document: unknown): readonly Variant[] {
  const found: Variant[] = [];
  walk(document, [], (path, value) => {
    for (const other of othersThan(value)) {
      const title = `${path.join(".")} = ${JSON.stringify(other)?.slice(0, 60)}`;
      found.push({ title, document: replaced(document, path, other) });
    }
  });
  return found;
}

/** Names that an object has anyway, and those of what a component's core module exports. */
const NAMES = ["", "__proto__", "memory", "cabi_realloc", "invoke-scalar"];
const WORDS = ["u8", "u64", "list", "utf16", "\n"];
const NUMBERS = [-1, 0, 1, 2, 63, 1.5, 2 ** 32 - 1, "u8"];
const REFERENCE = { instance: 1, name: "cabi_realloc" };

function othersThan(value: unknown): readonly unknown[] {
  const all = candidates(value);
  return all.filter((other) => JSON.stringify(other) !== JSON.stringify(value));
}

function candidates(value: unknown): readonly unknown[] {
  if (typeof value === "number") return NUMBERS;
  if (typeof value === "string") return [...NAMES, ...WORDS, "a".repeat(600), 0, null];
  if (value === null) return [0, 3, "u32", REFERENCE, { trampoline: 0 }, {}];
  if (Array.isArray(value)) {
    const [first] = value;
    return [
      [],
      value.slice(1),
      value.toReversed(),
      [...value, first],
      Array(999).fill(first),
      null,
    ];
  }
  return [null, {}, [], REFERENCE, { trampoline: 1 }, { ...(value as object), extra: 1 }];
}

function walk(value: unknown, path: Path, visit: (path: Path, value: unknown) => void): void {
  visit(path, value);
  if (typeof value !== "object" || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    walk(part, [...path, Array.isArray(value) ? Number(key) : key], visit);
  }
}

function replaced(value: unknown, [key, ...rest]: Path, other: unknown): unknown {
  if (key === undefined) return other;
  if (Array.isArray(value)) {
    return value.map((part, i) => (i === key ? replaced(part, rest, other) : part));
  }
  const parts = Object.entries(value as object);
  return Object.fromEntries(
    parts.map(([name, part]) => [name, name === key ? replaced(part, rest, other) : part]),
  );
}
