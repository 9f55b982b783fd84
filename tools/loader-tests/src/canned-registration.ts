/** The type of a double, as a registration has it. */
export const FLOAT64: object = { kind: "primitive", arrow: "float64" };

/** The registration of the one scalar function `ai.example.canned.f`, of one double by default. */
export function registrationOf(signature: object = { args: [FLOAT64], returns: FLOAT64 }): string {
  const qname = "ai.example.canned.f";
  return JSON.stringify({ entries: [{ kind: "scalar", qname, signature }] });
}
