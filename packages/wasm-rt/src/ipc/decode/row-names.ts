import type { Field } from "apache-arrow";

// Up to here, comparing all pairs is faster than a set.
const FEW = 8;

/**
 * Checks that rows of these fields can be read as objects, which is what apache-arrow makes of them:
 * every name once, and none that is the prototype of the object.
 */
export function requireRowNames(fields: readonly Field[], refuse: (what: string) => Error): void {
  for (const { name } of fields) {
    if (name === "__proto__") throw refuse('has a field of the name "__proto__"');
  }
  if (fields.length < 2) return;
  const twice =
    fields.length <= FEW
      ? fields.find(({ name }, i) => fields.findIndex((other) => other.name === name) !== i)
      : repeated(fields);
  if (twice !== undefined) {
    throw refuse(
      `has two fields of the name ${JSON.stringify(twice.name.slice(0, 64))}, which apache-arrow does not keep apart`,
    );
  }
}

function repeated(fields: readonly Field[]): Field | undefined {
  const names = new Set<string>();
  return fields.find(({ name }) => names.size === names.add(name).size);
}
