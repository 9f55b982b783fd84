import { assemble } from "./wat.ts";

/** A component that does more to a naive host than a component may. */
export interface Attack {
  readonly name: string;
  /** Which name of the component reaches what, and in which quoting. */
  readonly route: string;
  component(): Promise<Uint8Array>;
  /** Whether the naive host was hurt. Hosts that may end run in a process of their own. */
  succeedsAgainstNaive(bytes: Uint8Array): Promise<boolean>;
}

export function attack(
  name: string,
  route: string,
  wat: string | (() => Promise<Uint8Array>),
  succeedsAgainstNaive: Attack["succeedsAgainstNaive"],
): Attack {
  const component = typeof wat === "string" ? () => assemble(wat) : wat;
  return { name, route, component, succeedsAgainstNaive };
}
