import type { ConformingLoader } from "@uni/conformance";
import { ExtismError } from "@uni/loader-extism";
import type { ScalarFunction, ScalarSession } from "@uni/plugin";
import { type Broken, broken, ignoring, like, refusal, withPlugin, withScalar } from "../broken.ts";

type Call = Parameters<ScalarSession["invoke"]>;
type Code = ExtismError["code"];

/** The Extism loader, whose functions open sessions in another way. */
const opening = (open: (scalar: ScalarFunction) => ScalarSession | undefined): ConformingLoader =>
  withScalar((scalar) => {
    const openSession = () => {
      const session = open(scalar);
      if (session === undefined) throw new Error("functions of this loader open sessions");
      return session;
    };
    return { openSession };
  });

/** The Extism loader, whose sessions are called in another way. */
const withSession = (
  change: (session: ScalarSession, scalar: ScalarFunction) => Partial<ScalarSession>,
): ConformingLoader =>
  opening((scalar) => {
    const session = scalar.openSession?.();
    return session && like(session, change(session, scalar));
  });

const unable = withPlugin(({ scalars }) => ({
  scalars: scalars.map((scalar) => ({
    name: scalar.name,
    signature: scalar.signature,
    invoke: (...call: Call) => scalar.invoke(...call),
    invokeSync: (...call: Call) => scalar.invokeSync(...call),
  })),
}));

/** Every call has a guest of its own. */
const apart = withSession((_session, scalar) => ({
  invoke: (...call) => scalar.invoke(...call),
  invokeSync: (...call) => scalar.invokeSync(...call),
}));

/** All sessions are one. */
function shared(): ConformingLoader {
  let one: ScalarSession | undefined;
  return opening((scalar) => {
    one ??= scalar.openSession?.();
    return one && like(one, { [Symbol.dispose]: () => {} });
  });
}

const held = withSession(() => ({ [Symbol.dispose]: () => {} }));

/** Goes on with another guest after a failure. */
const goingOn = opening((scalar) => {
  let session = scalar.openSession?.();
  return (
    session && {
      async invoke(...call) {
        try {
          if (session === undefined) throw new Error("there is a session");
          return await session.invoke(...call);
        } catch (error) {
          session = scalar.openSession?.();
          throw error;
        }
      },
      invokeSync: (...call) => scalar.invokeSync(...call),
      [Symbol.dispose]: () => session?.[Symbol.dispose](),
    }
  );
});

const shorter = withSession((session) => ({
  invoke: async (...call) => (await session.invoke(...call)).slice(1),
}));

const waitingSync = withSession((_session, scalar) => ({
  invokeSync: (...call) => scalar.invokeSync(...call),
}));

/** Says something else than what happened. */
const renaming = (from: Code, to: Code): ConformingLoader =>
  withSession((session) => ({
    invoke: (...call) =>
      session.invoke(...call).catch((error: unknown) => {
        const renamed = error instanceof ExtismError && error.code === from;
        throw renamed ? refusal(to, "something else") : error;
      }),
  }));

const IN_A_SESSION = /the counts in a session to be \[1,2,3\], got /;

export const FAILING_SESSIONS: readonly Broken[] = [
  broken("session.one-guest", /the function to open sessions, got "no openSession/, unable),
  broken("session.one-guest", RegExp(`${IN_A_SESSION.source}\\[1,1,1\\]`), apart),
  broken("session.one-guest", RegExp(`${IN_A_SESSION.source}\\[4,5,6\\]`), shared()),
  broken("session.held", /"during":1,"after":0,"misses":1}, got .*"after":1/, held),
  broken("session.held", /"misses":1}, got .*"during":0,"after":0,"misses":2/, apart),
  ...["trap", "error", "timeout", "garbage"].map((end) =>
    broken(`session.after-${end}`, /invoke of the session to be refused, got/, goingOn),
  ),
  broken("session.arguments", /the count afterwards to be 2, got 1/, goingOn),
  broken("session.fuel", /the count afterwards to be 41, got 1/, apart),
  broken("session.memory", /the rows that were answered to be 614400, got 614100/, shorter),
  broken("session.cap", /a call beyond the cap to be refused, got/, ignoring("pool")),
  broken("session.order", /the code BUSY, got "INTERNAL/, waitingSync),
  broken("session.deadline", /the code TIMEOUT, got "ABORTED/, renaming("TIMEOUT", "ABORTED")),
  broken("session.abort", /the code ABORTED, got "CLOSED/, renaming("ABORTED", "CLOSED")),
  broken("session.dispose", /the code CLOSED, got "ABORTED/, renaming("CLOSED", "ABORTED")),
  broken(
    "session.close",
    /the guests that are live to be 0, got 1/,
    withPlugin(() => ({ close: async () => {} })),
  ),
  broken(
    "session.close-waits",
    /close to wait for the call, got/,
    withPlugin((plugin) => ({ close: async () => void plugin.close() })),
  ),
  broken("session.destroy", /the code CLOSED, got "ABORTED/, renaming("CLOSED", "ABORTED")),
];
