import { type Check, fail } from "../check.ts";
import type { ConformingLoader } from "./conforming-loader.ts";

const f64 = { kind: "primitive", arrow: "float64" };
const echo = {
  manifest: { id: "ai.example.canned", version: "1.0.0", capabilities: ["scalar-fn"] },
  registration: {
    entries: [
      { kind: "scalar", qname: "ai.example.canned.f", signature: { args: [f64], returns: f64 } },
    ],
  },
  scalar: "(call $input (i32.const 49152)) (call $answer (i32.const 49152) (call $input_length))",
};

/** The checks of a loader. A placeholder: the real ones are being written. */
export function loaderChecks(subject: ConformingLoader): Check[] {
  return [
    {
      id: "format.foreign",
      title: "refuses bytes of another format",
      run: async () => {
        await using loader = subject.make({});
        const error = await loader.load(subject.foreign).then(
          () => fail("INVALID_PLUGIN", "a plugin"),
          (error: unknown) => error,
        );
        if (!(error instanceof Error && "code" in error && error.code === "INVALID_PLUGIN")) {
          fail("INVALID_PLUGIN", error);
        }
      },
    },
    {
      id: "load.text",
      title: "loads a plugin",
      run: async () => {
        const bytes = await subject.guest({ name: "echo", about: "Echoes.", text: echo });
        if (bytes === undefined) fail("a guest", undefined);
        await using loader = subject.make({});
        await loader.load(bytes);
      },
    },
    {
      id: "load.geo",
      title: "loads what is built from sources",
      run: async () => {
        const bytes = await subject.guest({ name: "geo", about: "Distances." });
        if (bytes === undefined) fail("a guest", undefined);
        await using loader = subject.make({});
        await loader.load(bytes);
      },
    },
  ];
}
