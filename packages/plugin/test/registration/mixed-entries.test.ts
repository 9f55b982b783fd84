import { describe, expect, test } from "vitest";
import { refusal } from "../refusal.ts";
import { registrationOf } from "./registration-of.ts";

const FLOAT64 = { kind: "primitive", arrow: "float64" };
const SIGNATURE = { args: [FLOAT64], returns: FLOAT64 };
const KINDS = ["scalar", "aggregate", "procedure"] as const;

/** A valid entry of any kind. */
function entry(kind: (typeof KINDS)[number], qname: string): object {
  switch (kind) {
    case "scalar":
      return { kind, qname, signature: SIGNATURE };
    case "aggregate":
      return { kind, qname, signature: SIGNATURE, state: { kind: "primitive", arrow: "binary" } };
    case "procedure":
      return { kind, qname, args: [], yields: [FLOAT64] };
  }
}

const pairs = KINDS.flatMap((first) => KINDS.map((second) => [first, second] as const));

describe("parseRegistration of entries of several kinds", () => {
  test("gives them in their order", () => {
    const kinds = ["procedure", "scalar", "aggregate", "scalar", "procedure"] as const;
    const { entries } = registrationOf(
      kinds.map((kind, i) => entry(kind, `ai.example.geo.f${i}`)),
      "ai.example.geo",
    );
    expect(entries.map(({ kind }) => kind)).toEqual(kinds);
    expect(entries.map(({ qname }) => qname.local)).toEqual(["f0", "f1", "f2", "f3", "f4"]);
  });

  test.each(pairs)("refuses a %s and a %s of one name", (first, second) => {
    const entries = [
      entry("scalar", "ai.example.geo.other"),
      entry(first, "ai.example.geo.f"),
      entry(second, "ai.example.geo.f"),
    ];
    expect(refusal("REGISTRATION_INVALID", () => registrationOf(entries, "ai.example.geo"))).toBe(
      "the registration of ai.example.geo is not valid: entries[2].qname: ai.example.geo.f is there twice",
    );
  });

  test.each(pairs)("refuses a %s and a %s of one export stem", (first, second) => {
    const entries = [entry(first, "ai.example.b_c"), entry(second, "ai.example_b.c")];
    expect(refusal("REGISTRATION_INVALID", () => registrationOf(entries))).toBe(
      "the registration is not valid: entries[1].qname: ai.example_b.c and ai.example.b_c have the same export stem ai_example_b_c",
    );
  });

  test.each(KINDS)("refuses a %s outside the plugin's id", (kind) => {
    const entries = [entry("scalar", "ai.example.geo.f"), entry(kind, "ai.example.f")];
    const message = refusal("REGISTRATION_INVALID", () =>
      registrationOf(entries, "ai.example.geo"),
    );
    expect(message).toContain(
      "entries[1].qname: expected a name in the namespace ai.example.geo, got ai.example.f",
    );
  });

  test("takes names whose stems and suffixes only look alike", () => {
    const entries = [
      entry("aggregate", "ai.example.geo.f"),
      entry("aggregate", "ai.example.geo.f_new"),
      entry("procedure", "ai.example.geo.f_invoke"),
      entry("scalar", "ai.example.geo.agg_f_new"),
    ];
    expect(registrationOf(entries, "ai.example.geo").entries).toHaveLength(4);
  });

  test("names what is wrong in every entry", () => {
    const message = refusal("REGISTRATION_INVALID", () =>
      registrationOf([
        { ...entry("aggregate", "ai.example.geo.a"), state: undefined },
        { ...entry("procedure", "ai.example.geo.p"), mode: "never" },
        { ...entry("scalar", "ai.example.geo.s"), kind: "window" },
      ]),
    );
    for (const path of ["entries[0].state: ", "entries[1].mode: ", "entries[2].kind: "]) {
      expect(message).toContain(path);
    }
  });
});
