import type { ComponentPlan } from "./plan.ts";
import type { PlanFunctionType, TypeRef } from "./types.ts";

/** A text that is longer is cut: it equals no signature of the host anyway. */
const MAX_LENGTH = 4096;

/**
 * A function's type as text: the types alone, in the words of WIT, with everything that has a name
 * written out. Two functions of the same text have the same canonical ABI.
 */
export function signatureText(plan: ComponentPlan, { params, result }: PlanFunctionType): string {
  const writer = new SignatureWriter(plan);
  writer.write("func(");
  writer.types(params);
  writer.write(")");
  if (result !== null) {
    writer.write(" -> ");
    writer.type(result);
  }
  return writer.text;
}

class SignatureWriter {
  readonly #plan: ComponentPlan;
  text = "";

  constructor(plan: ComponentPlan) {
    this.#plan = plan;
  }

  get #full(): boolean {
    return this.text.length > MAX_LENGTH;
  }

  write(part: string): void {
    if (this.#full) return;
    this.text += part;
    if (this.#full) this.text = `${this.text.slice(0, MAX_LENGTH)} …`;
  }

  types(types: readonly (TypeRef | null)[]): void {
    this.#each(types, (type) => (type === null ? this.write("_") : this.type(type)));
  }

  type(ref: TypeRef): void {
    // Types share their parts, so that written out a small plan can be without end.
    if (this.#full) return;
    if (typeof ref === "string") {
      this.write(ref);
      return;
    }
    const type = this.#plan.types[ref];
    switch (type?.kind) {
      case "list":
        this.#generic("list", [type.element]);
        break;
      case "option":
        this.#generic("option", [type.value]);
        break;
      case "tuple":
        this.#generic("tuple", type.items);
        break;
      case "result": {
        const { ok, err } = type;
        if (ok === null && err === null) this.write("result");
        else this.#generic("result", err === null ? [ok] : [ok, err]);
        break;
      }
      case "own":
      case "borrow":
        this.write(`${type.kind}<${this.#plan.resources[type.resource]?.name}>`);
        break;
      case "enum":
      case "flags":
        this.#braces(type.kind, type.names, (name) => this.write(name));
        break;
      case "record":
        this.#braces("record", type.fields, ([name, field]) => {
          this.write(`${name}: `);
          this.type(field);
        });
        break;
      case "variant":
        this.#braces("variant", type.cases, ([name, payload]) => {
          this.write(name);
          if (payload === null) return;
          this.write("(");
          this.type(payload);
          this.write(")");
        });
        break;
    }
  }

  #generic(name: string, types: readonly (TypeRef | null)[]): void {
    this.write(`${name}<`);
    this.types(types);
    this.write(">");
  }

  #braces<T>(name: string, items: readonly T[], one: (item: T) => void): void {
    this.write(`${name}{`);
    this.#each(items, one);
    this.write("}");
  }

  #each<T>(items: readonly T[], one: (item: T) => void): void {
    for (const [i, item] of items.entries()) {
      if (this.#full) return;
      if (i > 0) this.write(", ");
      one(item);
    }
  }
}
