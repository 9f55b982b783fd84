import { cannedExtismGuest } from "@uni/fixtures";
import type { FailingGuest } from "./failing-guest.ts";
import { FLOAT64, ID, QNAME } from "./judged-plugin.ts";

const manifestOf = (changes: object = {}) =>
  JSON.stringify({ id: ID, version: "1.0.0", capabilities: ["scalar-fn"], ...changes });
const entry = (fields: object = {}) => ({
  kind: "scalar",
  qname: QNAME,
  signature: { args: [FLOAT64], returns: FLOAT64 },
  ...fields,
});
const register = JSON.stringify({ entries: [entry()] });
const functions = { invoke_ai_example_judged_f: { kind: "echo" } } as const;
const canned = (changes: Parameters<typeof cannedExtismGuest>[0]) => () =>
  cannedExtismGuest({ manifest: manifestOf(), register, functions, ...changes });
const unknownImport = { module: "extism:host/user", name: "fetch_url" };

/** Plugins that do not load, or say of themselves what is not so. */
export const FAILING_LOADS: readonly FailingGuest[] = [
  {
    fails: "plugin.loads",
    says: /expected a WebAssembly core module/,
    make: async () => new Uint8Array(),
  },
  { fails: "plugin.loads", says: /start trapped/, make: canned({ start: { kind: "trap" } }) },
  {
    fails: "imports.granted",
    says: /fetch_url; import only what the loader has/,
    make: canned({ extraImports: [unknownImport] }),
  },
  {
    fails: "imports.granted",
    says: /tick needs "clock" \(its manifest does not declare it\)/,
    make: canned({ extraImports: [{ ...unknownImport, name: "tick" }] }),
    options: { grants: ["clock"] },
  },
  {
    fails: "manifest.alone",
    says: /manifest called the host function tick/,
    make: canned({
      manifest: {
        kind: "call",
        module: "extism:host/user",
        name: "tick",
        input: new Uint8Array(),
      },
    }),
  },
  {
    fails: "manifest.valid",
    says: /"netwrok"/,
    make: canned({ manifest: manifestOf({ netwrok: 1 }) }),
  },
  {
    fails: "manifest.valid",
    says: /capability name/,
    make: canned({ manifest: manifestOf({ capabilities: ["Scalar Fn"] }) }),
  },
  {
    fails: "manifest.valid",
    says: /UTF-8/,
    make: canned({ manifest: { kind: "output", bytes: Uint8Array.of(0xff) } }),
  },
  {
    fails: "manifest.valid",
    says: /manifest trapped/,
    make: canned({ manifest: { kind: "trap" } }),
  },
  {
    fails: "manifest.valid",
    says: /not today/,
    make: canned({ manifest: { kind: "fail", status: 1, message: "not today" } }),
  },
  {
    fails: "manifest.abi",
    says: /wants ABI \^2/,
    make: canned({ manifest: manifestOf({ "abi-extism": "^2" }) }),
  },
  {
    fails: "manifest.surfaces",
    says: /none for aggregate-fn, procedure/,
    make: canned({
      manifest: manifestOf({ capabilities: ["scalar-fn", "aggregate-fn", "procedure"] }),
    }),
  },
  {
    fails: "registration.valid",
    says: /"extra"/,
    make: canned({ register: '{"entries":[],"extra":1}' }),
  },
  {
    fails: "registration.valid",
    says: /register trapped/,
    make: canned({ register: { kind: "trap" } }),
  },
  {
    fails: "registration.valid",
    says: /UTF-8/,
    make: canned({ register: { kind: "output", bytes: Uint8Array.of(0xff) } }),
  },
  {
    fails: "registration.valid",
    says: /not today/,
    make: canned({ register: { kind: "fail", status: 1, message: "not today" } }),
  },
  {
    fails: "registration.exported",
    says: /does not export: invoke_ai_example_judged_f/,
    make: canned({ functions: {} }),
  },
  {
    fails: "registration.capabilities",
    says: /without the capability "scalar-fn"/,
    make: canned({ manifest: manifestOf({ capabilities: [] }) }),
  },
  {
    fails: "registration.functions",
    says: /a registration without entries/,
    make: canned({ manifest: manifestOf({ capabilities: [] }), register: '{"entries":[]}' }),
  },
];
