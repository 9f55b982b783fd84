import { encodeBatch, type HostFunctionClosure, type LogRecord } from "@uni/wasm-rt";
import { batchOf } from "../../batches/batch-of.ts";
import { fail } from "../../check.ts";
import {
  ECHO,
  ECHOES,
  manifestOfSurfaces,
  manifestWith,
  scenario,
  textData,
} from "../../guests/canned.ts";
import { type GuestText, MEMORY } from "../../guests/guest-text.ts";
import { i32 } from "../../guests/wat.ts";
import { expectCode, expectCodes, expectEqual } from "../expect.ts";
import { tick } from "../host-function.ts";
import type { LoaderCheck } from "../loader-check.ts";
import { answersOf, refusals } from "../subject.ts";

const ONE = batchOf([[7]]);
const CAPABILITY = "acme-clock";

const NOTHING = tick(() => new Uint8Array(0));
const NEEDED = tick(() => new Uint8Array(0), { requires: CAPABILITY });
const host = (...hostFunctions: HostFunctionClosure[]) => ({ hostFunctions });

const { passed: PING_PASSED, field: PING } = textData("ping");
const ASK = `(call $ask ${PING_PASSED} ${i32(MEMORY.input)})`;
/** Passes "ping", and answers what came back. */
const ASKING: Partial<GuestText> = {
  scalar: `(call $answer ${i32(MEMORY.input)} ${ASK})`,
  fields: PING,
};

const ASKER = scenario(
  "ask",
  "f(x) passes ping to the host function and answers what it gives",
  ASKING,
);
const DECLARED_ASKER = scenario(
  "ask-declared",
  "as ask, and the manifest declares the capability acme-clock",
  { ...ASKING, manifest: manifestOfSurfaces("scalar-fn", CAPABILITY) },
);
const MANIFEST_ASKER = scenario(
  "ask-in-manifest",
  "manifest calls the host function before it answers",
  { inManifest: `(drop ${ASK})`, fields: PING, scalar: ECHO },
);
const INHERITED = scenario(
  "ask-constructor",
  "as ask, and the host function is called constructor, as a member of Object.prototype",
  { ...ASKING, asks: "constructor" },
);
const UNDECLARED_SURFACE = scenario(
  "no-surface",
  "registers a scalar function, and its manifest declares no capability",
  { manifest: manifestWith({ capabilities: [] }), scalar: ECHO },
);
const { passed: SAID_PASSED, field: SAID } = textData("grüße — ∅");
const TALKER = scenario("log", "f(x) logs grüße — ∅ and answers x", {
  scalar: `(call $log ${SAID_PASSED}) ${ECHO}`,
  fields: SAID,
});

export const CAPABILITIES: readonly LoaderCheck[] = [
  {
    id: "capability.manifest",
    title: "while the manifest is read, a host function refuses with CAPABILITY_DENIED",
    scenarios: [MANIFEST_ASKER],
    run: async (subject) => {
      const bytes = await subject.bytes(MANIFEST_ASKER);
      expectCode(await subject.refusal(bytes, {}, host(NOTHING)), "CAPABILITY_DENIED", /manifest/);
    },
  },
  {
    id: "capability.unknown-import",
    title: "an import that the host has no function for is refused with INSTANTIATE, and named",
    scenarios: [ASKER],
    run: async (subject) => {
      expectCode(await subject.refusal(await subject.bytes(ASKER)), "INSTANTIATE", /tick/);
    },
  },
  {
    id: "capability.prototype",
    title: "a member of Object.prototype is no host function",
    scenarios: [INHERITED],
    run: async (subject) => {
      const bytes = await subject.bytes(INHERITED);
      expectCode(await subject.refusal(bytes, {}, host(NOTHING)), "INSTANTIATE", /constructor/);
    },
  },
  {
    id: "capability.undeclared",
    title: "an import whose capability the manifest does not declare is refused, granted or not",
    scenarios: [ASKER],
    run: async (subject) => {
      const grants = ["scalar-fn", CAPABILITY];
      const error = await subject.refusal(await subject.bytes(ASKER), { grants }, host(NEEDED));
      expectCode(error, "CAPABILITY_DENIED", /acme-clock/);
    },
  },
  {
    id: "capability.ungranted",
    title: "an import whose capability the host does not grant is refused, declared or not",
    scenarios: [DECLARED_ASKER],
    run: async (subject) => {
      const error = await subject.refusal(await subject.bytes(DECLARED_ASKER), {}, host(NEEDED));
      expectCode(error, "CAPABILITY_DENIED", /acme-clock/);
    },
  },
  {
    id: "capability.effective",
    title: "a host function that is declared and granted gets the guest's bytes, and gives its own",
    scenarios: [DECLARED_ASKER],
    run: async (subject) => {
      const asked: string[] = [];
      const answering = tick(
        (bytes, { pluginId }) => {
          asked.push(`${pluginId}: ${new TextDecoder().decode(bytes)}`);
          return encodeBatch(batchOf([[42]]));
        },
        { requires: CAPABILITY },
      );
      const grants = ["scalar-fn", CAPABILITY];
      const { scalar } = await subject.load(DECLARED_ASKER, { grants }, host(answering));
      expectEqual("what the host gave", await answersOf(scalar, ONE), [[42], [42]]);
      const said = "ai.example.canned: ping";
      expectEqual("what the guest passed", asked, [said, said]);
    },
  },
  {
    id: "capability.surface",
    title: "a function of a surface that is not declared, or not granted, is not registered",
    scenarios: [UNDECLARED_SURFACE, ECHOES],
    run: async (subject) => {
      const undeclared = await subject.refusal(await subject.bytes(UNDECLARED_SURFACE));
      expectCode(undeclared, "CAPABILITY_DENIED", /scalar-fn/);
      const ungranted = await subject.refusal(await subject.bytes(ECHOES), { grants: [] });
      expectCode(ungranted, "CAPABILITY_DENIED", /scalar-fn/);
    },
  },
  {
    id: "capability.log",
    title: "what a guest logs reaches the host's logger, with the plugin's id",
    scenarios: [TALKER],
    run: async (subject) => {
      const records: LogRecord[] = [];
      const logger = (record: LogRecord) => void records.push(record);
      const { scalar } = await subject.load(TALKER, {}, { logger });
      await answersOf(scalar, ONE);
      const record = { pluginId: "ai.example.canned", level: "info", message: "grüße — ∅" };
      expectEqual(
        "what was logged by two calls",
        records.map((r) => ({ ...r })),
        [record, record],
      );
    },
  },
  {
    id: "host.failure",
    title: "what a host function throws ends the call, with INTERNAL where it is no UniError",
    scenarios: [ASKER],
    run: async (subject) => {
      const failing = tick(() => {
        throw new Error("the clock has stopped");
      });
      const { scalar } = await subject.load(ASKER, {}, host(failing));
      expectCodes(await refusals(scalar, ONE), "INTERNAL", /the clock has stopped/);
    },
  },
  {
    id: "host.asynchronous",
    title: "a guest waits for a host function that answers later",
    scenarios: [ASKER],
    isolations: ["thread"],
    run: async (subject) => {
      const later = tick(async () => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        return encodeBatch(batchOf([[42]]));
      });
      const { scalar } = await subject.load(ASKER, {}, host(later));
      const answer = [...(await scalar.invoke(ONE))];
      if (answer[0] !== 42) fail("what the host gave later, 42", answer);
    },
  },
];
