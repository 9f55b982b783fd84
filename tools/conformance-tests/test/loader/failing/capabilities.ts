import { encodeBatch, type HostFunctionClosure } from "@uni/wasm-rt";
import { batchOf } from "../../../../../packages/conformance/src/batches/batch-of.ts";
import { ECHO } from "../../../../../packages/conformance/src/guests/canned.ts";
import { tick } from "../../../../../packages/conformance/src/loader/host-function.ts";
import {
  type Broken,
  broken,
  ignoring,
  textOf,
  withGuest,
  withHost,
  withOptions,
} from "../broken.ts";

const NOT_REFUSED = /expected the plugin to be refused, got {/;

/** A loader that has a function of this name whatever its host gives. */
const having = (name: string) =>
  withOptions((options) => ({
    ...options,
    hostFunctions: [tick(() => new Uint8Array(0), { name, wit: `acme:clock/clock@1.0.0#${name}` })],
  }));
const forAnybody = withHost(({ requires: _, ...hostFunction }) => hostFunction);
const calling = (change: (call: HostFunctionClosure["call"]) => HostFunctionClosure["call"]) =>
  withHost((hostFunction) => ({ ...hostFunction, call: change(hostFunction.call) }));
const givingTooEarly = calling((call) => (...args) => {
  void call(...args);
  return encodeBatch(batchOf([[41]]));
});

export const FAILING_CAPABILITIES: readonly Broken[] = [
  broken("capability.manifest", NOT_REFUSED, withGuest("ask-in-manifest", { inManifest: "" })),
  broken("capability.unknown-import", NOT_REFUSED, having("tick")),
  broken("capability.prototype", NOT_REFUSED, having("constructor")),
  broken("capability.undeclared", NOT_REFUSED, forAnybody),
  broken("capability.ungranted", NOT_REFUSED, forAnybody),
  broken(
    "capability.effective",
    /what the guest passed .* got \["ai.example.canned: ing"/,
    calling((call) => (bytes, context) => call(bytes.subarray(1), context)),
  ),
  broken(
    "capability.effective",
    /what the host gave to be \[\[42\],\[42\]\], got \[\[41\],/,
    givingTooEarly,
  ),
  broken(
    "capability.surface",
    NOT_REFUSED,
    withGuest("no-surface", { manifest: textOf("echo").manifest }),
  ),
  broken("capability.surface", NOT_REFUSED, ignoring("grants")),
  broken(
    "capability.log",
    /what was logged by two calls .* got \[\]/,
    withGuest("log", { scalar: ECHO }),
  ),
  broken(
    "capability.log",
    /what was logged by two calls .* got .*"level":"warn"/,
    withOptions((options) => ({
      ...options,
      logger: (record) => options.logger?.({ ...record, level: "warn" }),
    })),
  ),
  broken(
    "host.failure",
    /expected the code INTERNAL, got "IPC/,
    calling((call) => (...args) => {
      try {
        return call(...args);
      } catch {
        return new Uint8Array(0);
      }
    }),
  ),
  broken("host.asynchronous", /what the host gave later, 42, got \[41\]/, givingTooEarly),
];
