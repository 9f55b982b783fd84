import { ExtismError } from "@uni/loader-extism";
import { batchOf } from "../../../../../packages/conformance/src/batches/batch-of.ts";
import { answers } from "../../../../../packages/conformance/src/guests/canned.ts";
import { LOADING } from "../../../../../packages/conformance/src/loader/checks/loading.ts";
import { conforming } from "../../../../../packages/loader-extism/test/conformance/conforming.ts";
import { type Broken, broken, ignoring, refusal, textOf, withGuest, withLoad } from "../broken.ts";

const NOT_REFUSED = /expected the plugin to be refused, got {/;
/** The one that every one of the guests to refuse would be but for one thing. */
const FINE = {
  without: [],
  abi: "^1",
  inManifest: "",
  inRegister: "",
  start: "",
  ...textOf("echo"),
};
const BAD_START = { ...FINE, start: "(unreachable)" };
const BAD_MANIFEST = { ...FINE, manifest: "{" };

/** Checks of one guest that has the name of its check. */
const REFUSALS = LOADING.filter(({ id, scenarios: [guest] }) => id === `load.${guest?.name}`);
/** Those that are told what the error names. */
const NAMED = [
  ...["without-manifest", "without-register", "manifest-id", "manifest-field", "abi-field"],
  ...["registration-field", "registration-namespace", "registration-export"],
];
const saying = (message: string) =>
  withLoad((load) => async (...args) => {
    try {
      return await load(...args);
    } catch (error) {
      throw error instanceof ExtismError ? refusal(error.code, message) : error;
    }
  });
const failingOtherwise = withLoad((load) => async (...args) => {
  try {
    return await load(...args);
  } catch {
    throw refusal("INTERNAL", "it fails");
  }
});
/** Registers a plugin before it looks at it. */
const rash = withLoad((load) => async (bytes, { registry, ...options } = {}) => {
  const info = { id: "ai.example.canned", version: "1.0.0" };
  registry?.register({ info, scalars: [], aggregates: [], procedures: [] });
  return load(bytes, options);
});
/** Reads what is left of a plugin. */
const lenient = withLoad((load) => async (bytes, options) => {
  const whole = await conforming.guest({ name: "echo", about: "", text: textOf("echo") });
  return load(whole ?? bytes, options);
});
/** Keeps the plugin that it was told to replace. */
const stubborn = withLoad(
  (load) =>
    (bytes, { replace, registry, ...options } = {}) =>
      load(bytes, replace || registry === undefined ? options : { ...options, registry }),
);

export const FAILING_LOADS: readonly Broken[] = [
  ...REFUSALS.flatMap(({ id, scenarios: [guest] }) => {
    const name = guest?.name ?? "";
    const other = name.startsWith("trap-") ? BAD_MANIFEST : BAD_START;
    return [
      broken(id, NOT_REFUSED, withGuest(name, FINE)),
      broken(id, /expected the code \w+, got "(TRAP|MANIFEST_INVALID) \(/, withGuest(name, other)),
    ];
  }),
  ...NAMED.map((name) => broken(`load.${name}`, /a message like .* got "no"/, saying("no"))),
  broken("load.abi-version", /expected the code ABI_UNSUPPORTED, got "INTERNAL/, failingOtherwise),
  broken("load.abi-version", /nothing to be registered after a refusal, got \[{/, rash),
  broken("load.foreign", NOT_REFUSED, lenient),
  broken("load.foreign", /expected the code INVALID_PLUGIN, got "INTERNAL/, failingOtherwise),
  broken("load.no-plugin", NOT_REFUSED, lenient),
  broken("load.hash", NOT_REFUSED, ignoring("sha256")),
  broken(
    "load.hash",
    /the answers to be \[\[7\],\[7\]\], got \[\[8\],\[8\]\]/,
    withGuest("echo", answers([batchOf([[8]])])),
  ),
  broken(
    "load.duplicate",
    /expected the second plugin to be refused, got {/,
    withLoad(
      (load) => (bytes, options) =>
        load(bytes, { ...options, replace: options?.registry?.plugins().length === 1 }),
    ),
  ),
  broken(
    "load.replace",
    /answers of the second to be \[\[11\],\[11\]\], got \[\[7\],\[7\]\]/,
    stubborn,
  ),
];
