import { fail } from "../../check.ts";
import { SESSION } from "../../guests/counting.ts";
import { expectCode, expectCodes, expectEqual } from "../expect.ts";
import { Gate, tick } from "../host-function.ts";
import type { LoaderCheck } from "../loader-check.ts";
import { later, patiently } from "../patience.ts";
import { count, loadSteered, ONE, open, sessionRefusals } from "../session.ts";
import { type Loaded, refused, type Subject } from "../subject.ts";

const DEADLINE_MS = 100;

/** Loads a plugin whose calls stay under way until the gate opens. */
async function loadGated(subject: Subject): Promise<{ loaded: Loaded; gate: Gate }> {
  const gate = new Gate();
  const loaded = await subject.load(SESSION, {}, { hostFunctions: [tick(gate.call)] });
  return { loaded, gate };
}

export const SESSION_TURNS: readonly LoaderCheck[] = [
  {
    id: "session.cap",
    title: "the guest of a session counts, so that others wait for it or are refused",
    scenarios: [SESSION],
    run: async (subject) => {
      const loaded = await loadSteered(subject, { pool: { maxInstances: 1 } });
      const first = open(loaded.scalar);
      await count(first);
      const call = () => loaded.scalar.invokeSync(ONE);
      expectCode(await refused(call, "a call beyond the cap to be refused"), "RESOURCE_LIMIT");
      using second = open(loaded.scalar);
      const sync = refused(() => second.invokeSync(ONE), "a session beyond the cap to be refused");
      expectCode(await sync, "RESOURCE_LIMIT");
      const waiting = later(count(second));
      expectEqual("the calls that wait", loaded.plugin.stats().queued, 1);
      first[Symbol.dispose]();
      expectEqual("the count of the one that waited", await patiently("a guest", waiting), 1);
    },
  },
  {
    id: "session.order",
    title:
      "calls of one session run one after the other; a synchronous one does not wait, but is BUSY",
    scenarios: [SESSION],
    isolations: ["thread"],
    run: async (subject) => {
      const { loaded, gate } = await loadGated(subject);
      using session = open(loaded.scalar);
      const calls = Promise.all([1, 2, 3].map(() => count(session)));
      await gate.holds(1, calls);
      expectCode(await refused(() => session.invokeSync(ONE), "invokeSync to be refused"), "BUSY");
      expectEqual("the guests that are live", loaded.live, 1);
      gate.open();
      expectEqual("the counts, in order", await calls, [1, 2, 3]);
    },
  },
  {
    id: "session.deadline",
    title: "a call of a session ends by its own deadline, also while it waits for those before it",
    scenarios: [SESSION],
    isolations: ["thread"],
    run: async (subject) => {
      const { loaded, gate } = await loadGated(subject);
      using session = open(loaded.scalar);
      const first = later(count(session));
      await gate.holds(1, first);
      const second = session.invoke(ONE, { timeoutMs: DEADLINE_MS });
      const refusal = refused(second, "the call that waits to be refused");
      expectCode(await patiently("the call that waits to end", refusal), "TIMEOUT");
      gate.open();
      expectEqual("the counts of the others", [await first, await count(session)], [1, 2]);
    },
  },
  {
    id: "session.abort",
    title: "a signal ends the call of a session, and with it the session",
    scenarios: [SESSION],
    isolations: ["thread"],
    run: async (subject) => {
      const { loaded, gate } = await loadGated(subject);
      const session = open(loaded.scalar);
      const controller = new AbortController();
      const { signal } = controller;
      const call = refused(session.invoke(ONE, { signal }), "the call to be aborted");
      await gate.holds(1, call);
      const next = refused(session.invoke(ONE), "the call that waits to be refused");
      controller.abort();
      expectCode(await patiently("the call to end", call), "ABORTED");
      expectCode(await patiently("the call that waits to end", next), "CLOSED");
      await loaded.idle();
      gate.open();
    },
  },
  {
    id: "session.dispose",
    title:
      "disposing a session refuses the calls that wait, and releases its guest after the others",
    scenarios: [SESSION],
    isolations: ["thread"],
    run: async (subject) => {
      const { loaded, gate } = await loadGated(subject);
      const session = open(loaded.scalar);
      const first = later(count(session));
      await gate.holds(1, first);
      const second = refused(session.invoke(ONE), "the call that waits to be refused");
      session[Symbol.dispose]();
      expectCode(await patiently("the call that waits to end", second), "CLOSED");
      gate.open();
      expectEqual("the count of the call under way", await patiently("its end", first), 1);
      await loaded.idle();
    },
  },
  {
    id: "session.close",
    title: "closing a plugin waits for no session in which no call is under way, and ends it",
    scenarios: [SESSION],
    run: async (subject) => {
      const loaded = await loadSteered(subject);
      const session = open(loaded.scalar);
      await count(session);
      await patiently("the plugin to be closed", loaded.plugin.close());
      expectEqual("the guests that are live", loaded.live, 0);
      expectCodes(await sessionRefusals(session), "CLOSED");
      session[Symbol.dispose]();
    },
  },
  {
    id: "session.close-waits",
    title: "closing a plugin waits for the call of a session that is under way",
    scenarios: [SESSION],
    isolations: ["thread"],
    run: async (subject) => {
      const { loaded, gate } = await loadGated(subject);
      const session = open(loaded.scalar);
      const call = later(count(session));
      await gate.holds(1, call);
      let closed = false;
      const closing = loaded.plugin.close().then(() => {
        closed = true;
      });
      const next = refused(session.invoke(ONE), "a call of the session to be refused");
      expectCode(await next, "CLOSED");
      if (closed) fail("close to wait for the call", "a plugin that is closed");
      gate.open();
      expectEqual("the count", await call, 1);
      await patiently("the plugin to be closed", closing);
      expectEqual("the guests that are live", loaded.live, 0);
    },
  },
  {
    id: "session.destroy",
    title: "destroying a plugin ends the calls of its sessions with CLOSED",
    scenarios: [SESSION],
    isolations: ["thread"],
    run: async (subject) => {
      const { loaded, gate } = await loadGated(subject);
      const session = open(loaded.scalar);
      const call = refused(session.invoke(ONE), "the call to be ended");
      await gate.holds(1, call);
      await patiently("the plugin to be destroyed", loaded.plugin.destroy());
      expectCode(await call, "CLOSED");
      await loaded.idle();
      gate.open();
    },
  },
];
