import { batchOf } from "../../batches/batch-of.ts";
import { fail } from "../../check.ts";
import { ECHOES } from "../../guests/canned.ts";
import { STEERED } from "../../guests/counting.ts";
import { expectCode, expectCodes, expectEqual } from "../expect.ts";
import { Gate, tick } from "../host-function.ts";
import type { LoaderCheck } from "../loader-check.ts";
import { MOMENT_MS, patiently, pause } from "../patience.ts";
import { refusals, refused } from "../subject.ts";

const ONE = batchOf([[7]]);

export const CLOSING: readonly LoaderCheck[] = [
  {
    id: "close.waits",
    title: "closing a plugin waits for the calls under way, which are answered",
    scenarios: [STEERED],
    isolations: ["thread"],
    run: async (subject) => {
      const gate = new Gate();
      const { plugin, scalar } = await subject.load(
        STEERED,
        {},
        { hostFunctions: [tick(gate.call)] },
      );
      const call = scalar.invoke(ONE);
      await gate.holds(1, call);
      let closed = false;
      const closing = plugin.close().then(() => {
        closed = true;
      });
      await pause(MOMENT_MS);
      if (closed) fail("close to wait for the call", "a plugin that is closed");
      gate.open();
      expectEqual("the answer", [...(await call)], [1]);
      await patiently("the plugin to be closed", closing);
    },
  },
  {
    id: "close.refuses",
    title: "a closed plugin refuses calls with CLOSED, and its registry no longer has it",
    scenarios: [ECHOES],
    run: async (subject) => {
      const { plugin, scalar, registry } = await subject.load(ECHOES);
      await patiently("the plugin to be closed", plugin.close());
      await patiently("the plugin to be closed again", plugin.close());
      expectCodes(await refusals(scalar, ONE), "CLOSED");
      expectEqual("the plugins in the registry", registry.plugins(), []);
      const found = () => registry.scalar("ai.example.canned.f");
      expectCode(await refused(found, "the name to be unknown"), "NOT_FOUND");
    },
  },
  {
    id: "close.destroy",
    title: "destroying a plugin ends the calls under way with CLOSED",
    scenarios: [STEERED],
    isolations: ["thread"],
    run: async (subject) => {
      const gate = new Gate();
      const loaded = await subject.load(STEERED, {}, { hostFunctions: [tick(gate.call)] });
      const call = refused(loaded.scalar.invoke(ONE), "the call to be ended");
      await gate.holds(1, call);
      await patiently("the plugin to be destroyed", loaded.plugin.destroy());
      expectCode(await call, "CLOSED");
      await loaded.idle();
      gate.open();
    },
  },
  {
    id: "close.loader",
    title: "closing a loader closes its plugins, and it loads nothing any more",
    scenarios: [ECHOES],
    run: async (subject) => {
      const { loader, scalar, registry } = await subject.load(ECHOES);
      const bytes = await subject.bytes(ECHOES);
      await patiently("the loader to be closed", loader.close());
      expectCodes(await refusals(scalar, ONE), "CLOSED");
      expectEqual("the plugins in the registry", registry.plugins(), []);
      expectCode(await refused(loader.load(bytes), "loading to be refused"), "CLOSED");
    },
  },
];
