import { satisfies, validRange, valid as validVersion } from "semver";
import { z } from "zod";
import { type Capability, CapabilitySet } from "../capabilities/capability-set.ts";
import { PluginError } from "../errors/plugin-error.ts";
import { parseDocument } from "../parse-document.ts";
import { isPluginId } from "../qname.ts";

/** What the results of a plugin depend on besides the arguments, as its manifest declares. */
export type Determinism = "pure" | "session-scoped" | "nondeterministic";

/**
 * Which manifest field carries the ABI range of a format: `abi` for components, `abi-extism` for Extism
 * plugins, `abi-` and a name for any other format.
 */
export type AbiField = "abi" | `abi-${string}`;

/** What a plugin says about itself before it is granted anything. */
export interface PluginManifest {
  /** Reverse-DNS id, the namespace of every function of the plugin. */
  readonly id: string;
  /** Semantic version of the plugin. */
  readonly version: string;
  /** Semver range over the host's ABI; absent where any will do. */
  readonly abi?: string;
  /** What the plugin asks for. */
  readonly capabilities: CapabilitySet;
  readonly determinism?: Determinism;
  readonly description?: string;
  /** Instruction budget per call. */
  readonly fuelPerCall?: number;
  /** Most linear memory the plugin wants, in pages of 64 KiB. */
  readonly memoryMaxPages?: number;
  /** Longest a call may take, in milliseconds. */
  readonly timeoutMs?: number;
}

// A field that is optional may also be null: serde writes an absent `Option` so.
const count = z.int().positive();
const abiRange = z
  .string()
  .refine((text) => spaced(text).trim() !== "" && validRange(spaced(text)) !== null, {
    error: 'expected a semver range such as "^1"',
  })
  .nullish();

// Every use of a capability is compared with its patterns, on the host's time.
const patterns = z.array(z.string().max(1024)).max(256);

const ABI_FIELD = /^abi(-[a-z0-9]+)*$/;

/** One is right, and two are named in the error; of more, those that are left are unknown fields. */
const MOST_ABI_FIELDS = 2;

const fields = {
  id: z.string().refine(isPluginId, {
    error: 'expected a reverse-DNS plugin id such as "ai.example.geo"',
  }),
  version: z.string().refine(isVersion, {
    error: 'expected a semantic version such as "1.0.0"',
  }),
  capabilities: z
    .array(
      z.union([z.string(), z.strictObject({ kind: z.string(), allow: patterns.nullish() })], {
        error: 'expected a capability name or an object such as {"kind":"network","allow":["…"]}',
      }),
    )
    .default([]),
  determinism: z.enum(["pure", "session-scoped", "nondeterministic"]).nullish(),
  description: z.string().nullish(),
  fuel_per_call: count.nullish(),
  memory_max_pages: count.nullish(),
  timeout_ms: count.nullish(),
};

/**
 * Parses a manifest, strictly: an unknown field is an error that names it.
 *
 * @param abiField the ABI field of the plugin's format; another format's is then an unknown field.
 * @throws PluginError `MANIFEST_INVALID` with every problem named by its field; `CAPABILITY_INVALID`
 * for a capability whose name is malformed.
 */
export function parseManifest(json: string, abiField?: AbiField): PluginManifest {
  const raw = parseDocument(json, manifestSchema, "MANIFEST_INVALID", describeManifest);
  const said = Object.entries(raw).filter(
    // What is no ABI field is one of `fields`, or was refused.
    (entry): entry is [string, string] => ABI_FIELD.test(entry[0]) && entry[1] != null,
  );
  const [own] = said[0] ?? [];
  const [foreign] = said.find(([field]) => field !== (abiField ?? own)) ?? [];
  if (foreign !== undefined) {
    throw new PluginError(
      "MANIFEST_INVALID",
      `the manifest of ${raw.id} is not valid: Unrecognized key: "${foreign}" (plugins of this format say "${abiField ?? own}")`,
    );
  }
  return {
    id: raw.id,
    version: raw.version,
    capabilities: new CapabilitySet(raw.capabilities.map(toCapability)),
    ...optional("abi", said[0]?.[1]),
    ...optional("determinism", raw.determinism),
    ...optional("description", raw.description),
    ...optional("fuelPerCall", raw.fuel_per_call),
    ...optional("memoryMaxPages", raw.memory_max_pages),
    ...optional("timeoutMs", raw.timeout_ms),
  };
}

/** The schema of a manifest that has these fields, as far as they are for an ABI. */
function manifestSchema(value: unknown): z.ZodType<z.infer<z.ZodObject<typeof fields>>> {
  const names = typeof value === "object" && value !== null ? Object.keys(value) : [];
  const abis = names.filter((name) => ABI_FIELD.test(name)).slice(0, MOST_ABI_FIELDS);
  return z.strictObject({
    ...Object.fromEntries(abis.map((name) => [name, abiRange])),
    ...fields,
  });
}

/**
 * Refuses a plugin whose ABI range does not take the host's ABI version.
 *
 * @throws PluginError `ABI_UNSUPPORTED`.
 */
export function requireAbi(manifest: PluginManifest, hostAbi: string): void {
  if (manifest.abi === undefined || satisfies(hostAbi, spaced(manifest.abi))) return;
  throw new PluginError(
    "ABI_UNSUPPORTED",
    `${manifest.id} ${manifest.version} wants ABI ${manifest.abi}, and this host speaks ABI ${hostAbi}; build the plugin for it, or use a host that speaks the other`,
  );
}

// The semver package forgives a leading "v" and spaces around a version; semver.org has neither.
function isVersion(text: string): boolean {
  return /^\d\S*$/.test(text) && validVersion(text) !== null;
}

// Cargo joins the comparators of a range with commas, npm with spaces; plugins come from both.
function spaced(range: string): string {
  return range.replaceAll(",", " ");
}

function describeManifest(value: unknown): string {
  const id = typeof value === "object" && value !== null && "id" in value ? value.id : undefined;
  return typeof id === "string" && isPluginId(id) ? `the manifest of ${id}` : "the manifest";
}

function toCapability(
  raw: string | { kind: string; allow?: string[] | null | undefined },
): Capability {
  return typeof raw === "string"
    ? { kind: raw }
    : { kind: raw.kind, ...optional("allow", raw.allow) };
}

function optional<K extends string, V>(key: K, value: V | null | undefined): { [P in K]?: V } {
  // A computed key widens to an index signature, which the return type narrows again.
  return (value == null ? {} : { [key]: value }) as { [P in K]?: V };
}
