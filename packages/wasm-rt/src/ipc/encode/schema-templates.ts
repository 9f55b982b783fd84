import type { Schema } from "apache-arrow";
import { SchemaTemplate } from "./schema-template.ts";

// How many schemas are known by what they say, besides those that are known by identity.
const RECENT = 16;

/**
 * The templates of schemas that were encoded before. apache-arrow makes a schema anew for every
 * batch, so a schema that says the same as a recent one is served as well as the very same one.
 */
export class SchemaTemplates {
  readonly #bySchema = new WeakMap<Schema, SchemaTemplate>();
  readonly #recent: SchemaTemplate[] = [];

  /** @throws IpcError `IPC_SECRET_LEAK` where a field at any depth is tagged as a secret. */
  get(schema: Schema): SchemaTemplate {
    const own = this.#bySchema.get(schema);
    if (own?.describes(schema)) return own;
    const template = this.#recent.find((recent) => recent.describes(schema)) ?? this.#add(schema);
    this.#bySchema.set(schema, template);
    return template;
  }

  #add(schema: Schema): SchemaTemplate {
    const template = new SchemaTemplate(schema);
    this.#recent.unshift(template);
    if (this.#recent.length > RECENT) this.#recent.pop();
    return template;
  }
}
