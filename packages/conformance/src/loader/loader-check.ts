import type { Isolation, UnsharedBytes } from "@uni/wasm-rt";
import type { Check } from "../check.ts";
import type { Scenario } from "../guests/scenario.ts";
import type { ConformingLoader } from "./conforming-loader.ts";
import { Subject } from "./subject.ts";

/** What is checked of every loader, with guests on threads and inline. */
export interface LoaderCheck {
  /** Without the isolation. */
  readonly id: string;
  readonly title: string;
  /** The guests that it needs. */
  readonly scenarios: readonly Scenario[];
  /** Where it says something; both unless said. */
  readonly isolations?: readonly Isolation[];
  /** What the engine has to have, as a module that is valid where it does. */
  readonly needs?: UnsharedBytes | undefined;
  run(subject: Subject): Promise<void>;
}

const ISOLATIONS: readonly Isolation[] = ["thread", "inline"];

/** The checks of one loader; each guest is made once for all of them. */
export function checksOf(checks: readonly LoaderCheck[], loader: ConformingLoader): Check[] {
  const conforming = { ...loader, guest: remembering(loader) };
  return checks.flatMap((check) =>
    (check.isolations ?? ISOLATIONS).map((isolation): Check => {
      const { id, title, run } = check;
      return {
        id: `${id}@${isolation}`,
        title,
        exempt: exemption(check, conforming),
        run: () => runOn(new Subject(conforming, isolation), run),
      };
    }),
  );
}

/** What the check found comes before what becomes of the subject afterwards. */
async function runOn(subject: Subject, run: LoaderCheck["run"]): Promise<void> {
  try {
    await run(subject);
  } catch (error) {
    await subject[Symbol.asyncDispose]().catch(() => {});
    throw error;
  }
  await subject[Symbol.asyncDispose]();
}

function exemption(
  { scenarios, needs }: LoaderCheck,
  { cannot = {} }: ConformingLoader,
): string | undefined {
  if (needs !== undefined && !WebAssembly.validate(needs)) {
    return "this engine has no such instructions";
  }
  const name = scenarios.map(({ name }) => name).find((name) => Object.hasOwn(cannot, name));
  return name === undefined ? undefined : cannot[name];
}

function remembering(loader: ConformingLoader): ConformingLoader["guest"] {
  const guests = new Map<string, Promise<Uint8Array | undefined>>();
  return (scenario) => {
    const guest = guests.get(scenario.name) ?? loader.guest(scenario);
    guests.set(scenario.name, guest);
    return guest;
  };
}
