import { PluginError } from "../errors/plugin-error.ts";
import { matchesPattern } from "./matches-pattern.ts";

/** One permission by name: a surface (`scalar-fn`), a host service (`network`) or an embedder's own. */
export type CapabilityName = string;

/** A permission, narrowed to the arguments that match one of `allow`; without `allow`, to none. */
export interface Capability {
  readonly kind: CapabilityName;
  readonly allow?: readonly string[];
}

/** The permission that a plugin needs to register functions of each surface. */
export const SURFACE_CAPABILITIES: readonly CapabilityName[] = [
  "scalar-fn",
  "aggregate-fn",
  "procedure",
];

const NAME = /^[a-z][a-z0-9-]{0,63}$/;
const MAX_LENGTH = 64;

// Every list narrows the capability further: an argument must match one pattern of each.
type Narrowings = readonly (readonly string[])[];

/** Permissions that a manifest declares, that a host grants, or that are in both. Immutable. */
export class CapabilitySet {
  #kinds: ReadonlyMap<CapabilityName, Narrowings>;

  /**
   * A bare name is the whole capability. Naming a capability twice allows what either allows.
   *
   * @throws PluginError `CAPABILITY_INVALID` for a name that is not lower-case words joined by `-`,
   * and for an `allow` that is not a list of texts.
   */
  constructor(capabilities: Iterable<Capability | CapabilityName> = []) {
    // The letters of a string would be names.
    if (typeof capabilities === "string") {
      throw new PluginError(
        "CAPABILITY_INVALID",
        `expected a list of capabilities, got the string ${JSON.stringify(capabilities)}; write ["${capabilities}"]`,
      );
    }
    const kinds = new Map<CapabilityName, Narrowings>();
    for (const capability of capabilities) {
      const { kind, allow } = typeof capability === "string" ? { kind: capability } : capability;
      if (typeof kind !== "string" || !NAME.test(kind)) {
        throw new PluginError(
          "CAPABILITY_INVALID",
          `expected a capability name such as "network" (lower-case letters, digits, "-"; at most ${MAX_LENGTH} characters), got ${JSON.stringify(String(kind).slice(0, MAX_LENGTH))}`,
        );
      }
      requireKnownFields(kind, capability);
      requirePatterns(kind, allow);
      kinds.set(kind, either(kinds.get(kind), allow));
    }
    this.#kinds = kinds;
  }

  /** What both sets allow: nothing widens. */
  intersect(granted: CapabilitySet): CapabilitySet {
    const both = new Map<CapabilityName, Narrowings>();
    for (const [kind, narrowings] of this.#kinds) {
      const others = granted.#kinds.get(kind);
      if (others !== undefined) both.set(kind, [...narrowings, ...others]);
    }
    return CapabilitySet.#of(both);
  }

  /** Whether the capability is in the set; `allows` says for which arguments. */
  has(name: CapabilityName): boolean {
    return this.#kinds.has(name);
  }

  /**
   * Whether the capability covers this argument: its name is in the set, and each side that
   * narrowed it with patterns has one that means the argument (`*` does not cross `/`, `**` does).
   *
   * Text is compared with text: ask for a URL or a path in its normal form (`new URL(x).href`,
   * `path.resolve(x)`), or `/data/**` also means `/data/../etc/passwd`.
   */
  allows(name: CapabilityName, argument: string): boolean {
    const narrowings = this.#kinds.get(name);
    if (narrowings === undefined) return false;
    return narrowings.every((patterns) =>
      patterns.some((pattern) => matchesPattern(pattern, argument)),
    );
  }

  /** The names, in the order in which they were declared. */
  names(): CapabilityName[] {
    return [...this.#kinds.keys()];
  }

  static #of(kinds: ReadonlyMap<CapabilityName, Narrowings>): CapabilitySet {
    const set = new CapabilitySet();
    set.#kinds = kinds;
    return set;
  }
}

function either(known: Narrowings | undefined, allow: readonly string[] | undefined): Narrowings {
  if (allow === undefined) return [];
  if (known === undefined) return [[...allow]];
  return known.length === 0 ? [] : [[...known.flat(), ...allow]];
}

// A misspelt `allow` would grant everything.
function requireKnownFields(kind: CapabilityName, capability: Capability | CapabilityName): void {
  if (typeof capability === "string") return;
  const unknown = Object.keys(capability).find((field) => field !== "kind" && field !== "allow");
  if (unknown === undefined) return;
  throw new PluginError(
    "CAPABILITY_INVALID",
    `the capability ${kind} has an unknown field ${JSON.stringify(unknown.slice(0, MAX_LENGTH))}; known: kind, allow`,
  );
}

// The characters of a string would be patterns, and a star among them would allow nearly all.
function requirePatterns(kind: CapabilityName, allow: unknown): void {
  if (allow === undefined) return;
  if (Array.isArray(allow) && allow.every((pattern) => typeof pattern === "string")) return;
  throw new PluginError(
    "CAPABILITY_INVALID",
    `expected a list of patterns for the capability ${kind}, such as ["https://api.example/**"], got ${JSON.stringify(allow)?.slice(0, MAX_LENGTH)}`,
  );
}
