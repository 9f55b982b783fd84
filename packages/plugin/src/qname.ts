import { PluginError } from "./errors/plugin-error.ts";

// Names become export names, SQL names and parts of messages: ASCII, one token between two dots.
const TOKEN = /^[A-Za-z_][A-Za-z0-9_-]*$/;
const MAX_LENGTH = 255;
const SINGLE_TOKEN_IDS: ReadonlySet<string> = new Set(["builtin", "apoc-core", "custom"]);

/**
 * The qualified name of a function: the id of its plugin, a dot, and its local name.
 *
 * @example
 * ```ts
 * const name = QName.parse("ai.example.geo.haversine");
 * name.namespace; // "ai.example.geo"
 * name.local; // "haversine"
 * ```
 */
export class QName {
  readonly namespace: string;
  readonly local: string;

  private constructor(namespace: string, local: string) {
    this.namespace = namespace;
    this.local = local;
  }

  /**
   * Reads a qualified name.
   *
   * @throws PluginError `QNAME_INVALID` where `text` is not a plugin id, a dot and a local name.
   */
  static parse(text: string): QName {
    const dot = text.lastIndexOf(".");
    const namespace = text.slice(0, Math.max(dot, 0));
    const local = text.slice(dot + 1);
    if (text.length > MAX_LENGTH || !isPluginId(namespace) || !TOKEN.test(local)) {
      throw new PluginError(
        "QNAME_INVALID",
        `expected a qualified name such as "ai.example.geo.haversine" (a plugin id, a dot, a name; letters, digits, "_" and "-"; at most ${MAX_LENGTH} characters), got ${JSON.stringify(text.slice(0, MAX_LENGTH))}`,
      );
    }
    return new QName(namespace, local);
  }

  /** The namespace, a dot, and the local name. */
  toString(): string {
    return `${this.namespace}.${this.local}`;
  }
}

/** Whether `text` may be the id of a plugin: reverse-DNS, or one of the reserved single tokens. */
export function isPluginId(text: string): boolean {
  if (text.length > MAX_LENGTH) return false;
  const tokens = text.split(".");
  return (
    tokens.every((token) => TOKEN.test(token)) && (tokens.length > 1 || SINGLE_TOKEN_IDS.has(text))
  );
}

/** The qname with every dot as an underscore, as a core module's export names carry it. */
export function exportStem(name: QName): string {
  return name.toString().replaceAll(".", "_");
}
