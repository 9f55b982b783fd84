import { createHash } from "node:crypto";
import { PluginRegistry } from "@uni/plugin";
import { batchOf } from "../../batches/batch-of.ts";
import { answers, ECHO, ECHOES, manifestWith, scalarOf, scenario } from "../../guests/canned.ts";
import type { GuestText } from "../../guests/guest-text.ts";
import type { Scenario } from "../../guests/scenario.ts";
import { expectCode, expectEqual } from "../expect.ts";
import type { LoaderCheck } from "../loader-check.ts";
import { answersOf, refused } from "../subject.ts";

const ONE = batchOf([[7]]);

interface Refusal {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly text: Partial<GuestText>;
  readonly code: string;
  readonly message?: RegExp;
}

const REFUSALS: readonly Refusal[] = [
  {
    id: "without-manifest",
    title: "a plugin without manifest is refused",
    about: "a plugin whose export manifest is missing",
    text: { without: ["manifest"] },
    code: "INVALID_PLUGIN",
    message: /manifest/,
  },
  {
    id: "without-register",
    title: "a plugin without register is refused",
    about: "a plugin whose export register is missing",
    text: { without: ["register"] },
    code: "INVALID_PLUGIN",
    message: /register/,
  },
  {
    id: "manifest-json",
    title: "a manifest that is no JSON is refused",
    about: "the manifest is the text {",
    text: { manifest: "{" },
    code: "MANIFEST_INVALID",
  },
  {
    id: "manifest-id",
    title: "a manifest whose id is none is refused",
    about: "the manifest's id is 7",
    text: { manifest: manifestWith({ id: 7 }) },
    code: "MANIFEST_INVALID",
    message: /\bid\b/,
  },
  {
    id: "manifest-field",
    title: "a field of the manifest that nobody knows is refused, and named",
    about: "the manifest has a field colour",
    text: { manifest: manifestWith({ colour: "red" }) },
    code: "MANIFEST_INVALID",
    message: /colour/,
  },
  {
    id: "abi-field",
    title: "a manifest that speaks of another format's ABI is refused",
    about: "the manifest says abi-somebody-else instead of the format's own field",
    text: { manifest: JSON.stringify(manifestWith({ "abi-somebody-else": "^1" })) },
    code: "MANIFEST_INVALID",
    message: /abi-somebody-else/,
  },
  {
    id: "abi-text",
    title: "an ABI version that is none is refused",
    about: "the manifest's ABI field is the text one",
    text: { abi: "one" },
    code: "MANIFEST_INVALID",
  },
  {
    id: "abi-version",
    title: "a plugin for another version of the ABI is refused",
    about: "the manifest's ABI field is ^2",
    text: { abi: "^2" },
    code: "ABI_UNSUPPORTED",
  },
  {
    id: "registration-json",
    title: "a registration that is no JSON is refused",
    about: "the registration is the text [",
    text: { registration: "[" },
    code: "MANIFEST_INVALID",
  },
  {
    id: "registration-field",
    title: "a field of the registration that nobody knows is refused, and named",
    about: "the registration has a field colour",
    text: { registration: { entries: [scalarOf()], colour: "red" } },
    code: "MANIFEST_INVALID",
    message: /colour/,
  },
  {
    id: "registration-namespace",
    title: "a function in another plugin's namespace is refused",
    about: "the manifest's id is ai.example.other, and the function is ai.example.canned.f",
    text: { manifest: manifestWith({ id: "ai.example.other" }) },
    code: "MANIFEST_INVALID",
    message: /ai\.example\.canned\.f/,
  },
  {
    id: "registration-export",
    title: "a function that is registered and not exported is refused",
    about: "registers f, and exports nothing for it",
    text: {},
    code: "MANIFEST_INVALID",
    message: /export/,
  },
  {
    id: "trap-in-manifest",
    title: "a manifest that traps is refused",
    about: "manifest traps",
    text: { scalar: ECHO, inManifest: "(unreachable)" },
    code: "TRAP",
  },
  {
    id: "trap-in-register",
    title: "a registration that traps is refused",
    about: "register traps",
    text: { scalar: ECHO, inRegister: "(unreachable)" },
    code: "TRAP",
  },
  {
    id: "trap-in-start",
    title: "a start function that traps is refused",
    about: "the module's start function traps",
    text: { scalar: ECHO, start: "(unreachable)" },
    code: "TRAP",
  },
];

function refusalCheck({ id, title, about, text, code, message }: Refusal): LoaderCheck {
  const exported = id === "registration-export" ? {} : { scalar: ECHO };
  const guest: Scenario = scenario(id, about, { ...exported, ...text });
  return {
    id: `load.${id}`,
    title: `${title} with ${code}`,
    scenarios: [guest],
    run: async (subject) => {
      expectCode(await subject.refusal(await subject.bytes(guest)), code, message);
    },
  };
}

const ELEVEN = scenario("eleven", "f(x) answers 11", answers([batchOf([[11]])]));

export const LOADING: readonly LoaderCheck[] = [
  ...REFUSALS.map(refusalCheck),
  {
    id: "load.foreign",
    title: "what is of another format is refused with INVALID_PLUGIN",
    scenarios: [],
    run: async (subject) => {
      const error = await subject.refusal(subject.conforming.foreign);
      expectCode(error, "INVALID_PLUGIN");
    },
  },
  {
    id: "load.no-plugin",
    title: "no bytes, and bytes that are anything else, are refused with INVALID_PLUGIN",
    scenarios: [ECHOES],
    run: async (subject) => {
      const plugin = await subject.bytes(ECHOES);
      const others = [new Uint8Array(0), Buffer.from("hello"), plugin.subarray(0, -1)];
      for (const bytes of others) expectCode(await subject.refusal(bytes), "INVALID_PLUGIN");
    },
  },
  {
    id: "load.hash",
    title: "bytes with another hash than the host pins are refused, and those that have it load",
    scenarios: [ECHOES],
    run: async (subject) => {
      const bytes = await subject.bytes(ECHOES);
      const wrong = await subject.refusal(bytes, { sha256: "0".repeat(64) });
      expectCode(wrong, "INVALID_PLUGIN", /sha-?256/i);
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      const { scalar } = await subject.load(ECHOES, { sha256 });
      expectEqual("the answers", await answersOf(scalar, ONE), [[7], [7]]);
    },
  },
  {
    id: "load.duplicate",
    title: "a second plugin of one id is refused with DUPLICATE, and the first one stays",
    scenarios: [ECHOES, ELEVEN],
    run: async (subject) => {
      const { registry, loader } = await subject.load(ECHOES);
      const again = loader.load(await subject.bytes(ELEVEN), { registry });
      expectCode(await refused(again, "the second plugin to be refused"), "DUPLICATE");
      const came = await answersOf(registry.scalar("ai.example.canned.f"), ONE);
      expectEqual("the answers of the first", came, [[7], [7]]);
    },
  },
  {
    id: "load.replace",
    title: "a plugin takes the place of another one where it is told to",
    scenarios: [ECHOES, ELEVEN],
    run: async (subject) => {
      const registry = new PluginRegistry();
      await subject.load(ECHOES, { registry });
      await subject.load(ELEVEN, { registry, replace: true });
      expectEqual("the plugins in the registry", registry.plugins().length, 1);
      const came = await answersOf(registry.scalar("ai.example.canned.f"), ONE);
      expectEqual("the answers of the second", came, [[11], [11]]);
    },
  },
];
