import type { FixtureName } from "@uni/fixtures";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cases } from "./cases/index.ts";
import { type ComparedLoader, loaders } from "./loaders.ts";
import { type Outcome, type Record, recorder, type Script } from "./outcome.ts";

const RUNS = 25;

const [reference, ...others] = loaders;
const fixtures = new Set(cases.map(({ fixture }) => fixture));
const recorders = new Map<string, Record>();
const names = loaders.map(({ name }) => name).join(", ");
const slot = ({ name }: ComparedLoader, fixture: FixtureName) => `${name} ${fixture}`;
const opened = loaders.flatMap((loader) =>
  [...fixtures].map(async (fixture) => {
    const plugin = await loader.fixture(fixture);
    recorders.set(slot(loader, fixture), await recorder(loader, plugin));
  }),
);
await Promise.all(opened);

function jsonOf(outcome: Outcome | undefined) {
  if (outcome === undefined || !("bytes" in outcome)) throw new Error("no document");
  return JSON.parse(Buffer.from(outcome.bytes, "hex").toString());
}

function recordOf(loader: ComparedLoader, fixture: FixtureName): Record {
  const record = recorders.get(slot(loader, fixture));
  if (record === undefined) throw new Error(`${loader.name} has no ${fixture}`);
  return record;
}

describe.each(cases)(`$fixture $name answers ${names} with the same bytes:`, (one) => {
  const expected = recordOf(reference, one.fixture);
  let answers = 0;
  const compare = (script: Script) => {
    const outcomes = expected(script);
    answers += outcomes.filter((outcome) => "bytes" in outcome).length;
    expect(outcomes.length).toBeGreaterThan(0);
    for (const other of others) {
      expect(recordOf(other, one.fixture)(script), other.name).toEqual(outcomes);
    }
  };

  it.each([...one.picked])("%s", (_title, script) => compare(script));

  it("batches of any values", () => {
    answers = 0;
    fc.assert(fc.property(one.generated, compare), { numRuns: RUNS });
    // Where all calls failed, little was compared.
    if (one.name !== "boom") expect(answers).toBeGreaterThan(RUNS / 4);
  });
});

describe.each([...fixtures])("the registration of %s", (fixture) => {
  it("is the same bytes for every loader, and the manifest differs in the name of the ABI alone", () => {
    const documents = loaders.map((loader) => {
      const [manifest, registration] = recordOf(
        loader,
        fixture,
      )((run) => {
        run({ method: "manifest", args: [] });
        run({ method: "register", args: [] });
      });
      const {
        "abi-extism": extism,
        "abi-core": core,
        abi = extism ?? core,
        ...rest
      } = jsonOf(manifest);
      return { registration, manifest: { abi, ...rest } };
    });
    for (const document of documents) expect(document).toEqual(documents[0]);
  });
});

it("every function of the fixtures is called", () => {
  const called = new Set(cases.map(({ fixture, name }) => `ai.example.${fixture}.${name}`));
  const registered = [...fixtures].flatMap((fixture) => {
    const [outcome] = recordOf(
      reference,
      fixture,
    )((run) => {
      run({ method: "register", args: [] });
    });
    const { entries }: { entries: { qname: string }[] } = jsonOf(outcome);
    return entries.map(({ qname }) => qname);
  });
  expect([...called].toSorted()).toEqual(registered.toSorted());
});
