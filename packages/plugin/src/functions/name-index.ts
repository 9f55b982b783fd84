import { PluginError } from "../errors/plugin-error.ts";
import type { QName } from "../qname.ts";

const MAX_LISTED = 10;

/** Functions of one surface by qualified name. */
export class NameIndex<T extends { readonly name: QName }> {
  readonly #surface: string;
  readonly #exact = new Map<string, T>();
  readonly #folded = new Map<string, Set<string>>();

  /** @param surface what messages call a function of this index, such as "scalar function". */
  constructor(surface: string) {
    this.#surface = surface;
  }

  add(entry: T): void {
    const name = entry.name.toString();
    const folded = name.toLowerCase();
    this.#exact.set(name, entry);
    const names = this.#folded.get(folded) ?? new Set();
    this.#folded.set(folded, names.add(name));
  }

  remove(entry: T): void {
    const name = entry.name.toString();
    const folded = name.toLowerCase();
    this.#exact.delete(name);
    const names = this.#folded.get(folded);
    names?.delete(name);
    if (names?.size === 0) this.#folded.delete(folded);
  }

  /**
   * Case-insensitive, as SQL and Cypher call sites are; an exact match wins.
   *
   * @throws PluginError `NOT_FOUND` where no function or more than one goes by the name.
   */
  find(name: string): T {
    const exact = this.#exact.get(name);
    if (exact !== undefined) return exact;
    const names = [...(this.#folded.get(name.toLowerCase()) ?? [])];
    const [only, ...others] = names;
    const found = only !== undefined && others.length === 0 ? this.#exact.get(only) : undefined;
    if (found !== undefined) return found;
    throw new PluginError(
      "NOT_FOUND",
      names.length > 1
        ? `${name} could be any of the ${this.#surface}s ${names.join(", ")}; write it in their case`
        : `no ${this.#surface} is named ${name}; ${this.#listed()}`,
    );
  }

  #listed(): string {
    const names = [...this.#exact.keys()].sort();
    if (names.length === 0) return "none is registered";
    const more = names.length > MAX_LISTED ? `, and ${names.length - MAX_LISTED} more` : "";
    return `registered: ${names.slice(0, MAX_LISTED).join(", ")}${more}`;
  }
}
