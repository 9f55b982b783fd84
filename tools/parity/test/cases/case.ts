import type { FixtureName } from "@uni/fixtures";
import type fc from "fast-check";
import { type Column, doubles, streamOf } from "../arrow-columns.ts";
import type { Script } from "../outcome.ts";

/** A function of a fixture, and what it is called with. */
export interface Case {
  readonly fixture: FixtureName;
  /** Without the plugin's id. */
  readonly name: string;
  /** Hand-picked, by what is special about them. */
  readonly picked: ReadonlyMap<string, Script>;
  readonly generated: fc.Arbitrary<Script>;
}

/** Columns by what is special about them. */
export type Picked = Readonly<{ [title: string]: readonly Column[] | Uint8Array }>;

/** What no function takes: not Arrow, or cut off. */
const MALFORMED: Picked = {
  "no bytes": new Uint8Array(),
  "bytes that are no Arrow": Uint8Array.of(1, 2, 3),
  "0xff alone": new Uint8Array(64).fill(0xff),
  "an Arrow stream that is cut off": streamOf(doubles([1])).slice(0, -40),
};

/** A function that is called once with a stream. */
export function callCase(
  method: "invokeScalar" | "invokeProcedure",
  fixture: FixtureName,
  name: string,
  picked: Picked,
  generated: fc.Arbitrary<readonly Column[]>,
): Case {
  const qname = `ai.example.${fixture}.${name}`;
  const script =
    (input: readonly Column[] | Uint8Array): Script =>
    (run) => {
      const stream = input instanceof Uint8Array ? input : streamOf(input);
      run({ method, args: [qname, stream] });
    };
  const all = Object.entries({ ...picked, ...MALFORMED });
  return {
    fixture,
    name,
    picked: new Map(all.map(([title, input]) => [title, script(input)])),
    generated: generated.map(script),
  };
}
