import { wasiPackages } from "./wit-packages.ts";

/** A type's text; what it names may stand further below, so it is rendered when all is read. */
type Rendered = () => string;

/** The declarations of one interface. */
interface Interface {
  readonly types: Map<string, Rendered>;
  readonly functions: Map<string, Rendered>;
}

// What `borrow<…>` and a handle that is passed whole have in common.
const OWNED = /^own<(.*)>$/;
const TOKEN = /->|@\d+\.\d+\.\d+|%?[a-z][a-z0-9-]*|[{}()<>,;:=.@/_]/g;

/**
 * The signatures of every function of a package's interfaces, read from the official WIT; by
 * interface (`wasi:io/streams`) and by the function's import name in it.
 */
export function witSignatures(...packages: string[]): Map<string, Map<string, string>> {
  const interfaces = new Map<string, Interface>();
  for (const name of packages) {
    const source = wasiPackages().get(name);
    if (source === undefined) throw new Error(`no WIT of ${name}`);
    new WitReader(source, name, interfaces).readPackage();
  }
  const render = ([name, text]: [string, Rendered]): [string, string] => [name, text()];
  return new Map(
    [...interfaces].map(([name, { functions }]) => [name, new Map([...functions].map(render))]),
  );
}

/** Reads as much of WIT as WASI's own packages for the command line have. */
class WitReader {
  readonly #tokens: readonly string[];
  readonly #package: string;
  readonly #interfaces: Map<string, Interface>;
  #at = 0;
  #types = new Map<string, Rendered>();
  #functions = new Map<string, Rendered>();

  constructor(source: string, name: string, interfaces: Map<string, Interface>) {
    this.#tokens = source.match(TOKEN) ?? [];
    this.#package = name;
    this.#interfaces = interfaces;
  }

  readPackage(): void {
    while (this.#next() !== ";");
    while (this.#at < this.#tokens.length) {
      const item = this.#next();
      const name = this.#next();
      if (item === "interface") this.#readInterface(name);
      else if (item === "world") this.#skipBlock();
      // An annotation: `@unstable(feature = …)`.
      else while (this.#next() !== ")");
    }
  }

  #readInterface(name: string): void {
    this.#types = new Map();
    this.#functions = new Map();
    this.#interfaces.set(`${this.#package}/${name}`, {
      types: this.#types,
      functions: this.#functions,
    });
    this.#expect("{");
    while (!this.#skip("}")) this.#readDeclaration(this.#next());
  }

  #readDeclaration(word: string): void {
    if (word === "use") this.#readUse();
    else if (word === "resource") this.#readResource(this.#next());
    else if (word === "type") {
      const name = this.#next();
      this.#expect("=");
      this.#types.set(name, this.#readType());
      this.#expect(";");
    } else if (["record", "variant", "enum", "flags"].includes(word)) {
      const name = this.#next();
      this.#types.set(name, this.#readMembers(word));
    } else if (word === "@") while (this.#next() !== ")");
    else {
      this.#expect(":");
      this.#functions.set(word, this.#readFunction([]));
    }
  }

  /** `use wasi:io/poll@0.2.12.{pollable};` or `use poll.{pollable};` */
  #readUse(): void {
    let from = "";
    for (let token = this.#next(); token !== "."; token = this.#next()) {
      if (!/^@\d/.test(token)) from += token;
    }
    const source = from.includes("/") ? from : `${this.#package}/${from}`;
    this.#expect("{");
    do {
      const name = this.#next();
      this.#types.set(name, () => named(this.#interfaces.get(source)?.types, name));
    } while (this.#skip(","));
    this.#expect("}");
    this.#expect(";");
  }

  #readResource(name: string): void {
    this.#types.set(name, () => `own<${name}>`);
    if (this.#skip(";")) return;
    this.#expect("{");
    while (!this.#skip("}")) {
      const method = this.#next();
      this.#expect(":");
      const self = () => `borrow<${name}>`;
      this.#functions.set(`[method]${name}.${method}`, this.#readFunction([self]));
    }
  }

  #readFunction(parameters: Rendered[]): Rendered {
    this.#expect("func");
    this.#expect("(");
    while (!this.#skip(")")) {
      this.#next();
      this.#expect(":");
      parameters.push(this.#readType());
      this.#skip(",");
    }
    const result = this.#skip("->") ? this.#readType() : undefined;
    this.#expect(";");
    return () => {
      const answer = result === undefined ? "" : ` -> ${result()}`;
      return `func(${parameters.map((type) => type()).join(", ")})${answer}`;
    };
  }

  /** The fields of a record, or the cases of a variant, an enum or flags. */
  #readMembers(kind: string): Rendered {
    const members: Rendered[] = [];
    this.#expect("{");
    while (!this.#skip("}")) {
      const name = this.#next().replace("%", "");
      if (this.#skip(":")) {
        const type = this.#readType();
        members.push(() => `${name}: ${type()}`);
      } else if (this.#skip("(")) {
        const type = this.#readType();
        this.#expect(")");
        members.push(() => `${name}(${type()})`);
      } else members.push(() => name);
      this.#skip(",");
    }
    return () => `${kind}{${members.map((member) => member()).join(", ")}}`;
  }

  #readType(): Rendered {
    const name = this.#next();
    if (name === "_") return () => name;
    const types = this.#types;
    if (!this.#skip("<")) return () => named(types, name);
    const inner: Rendered[] = [];
    do inner.push(this.#readType());
    while (this.#skip(","));
    this.#expect(">");
    return () => {
      const texts = inner.map((type) => type());
      // The name of a resource is, by itself, a handle that owns.
      return `${name}<${name === "borrow" ? texts[0]?.replace(OWNED, "$1") : texts.join(", ")}>`;
    };
  }

  #skipBlock(): void {
    this.#expect("{");
    for (let depth = 1; depth > 0; ) {
      const token = this.#next();
      depth += token === "{" ? 1 : token === "}" ? -1 : 0;
    }
  }

  #next(): string {
    const token = this.#tokens[this.#at++];
    if (token === undefined) throw new Error(`the WIT of ${this.#package} ends too early`);
    return token;
  }

  #skip(token: string): boolean {
    const found = this.#tokens[this.#at] === token;
    if (found) this.#at++;
    return found;
  }

  #expect(token: string): void {
    const found = this.#next();
    if (found !== token) throw new Error(`${this.#package}: "${found}" where "${token}" belongs`);
  }
}

const PRIMITIVE = /^(bool|[us](8|16|32|64)|f32|f64|char|string|result)$/;

function named(types: Map<string, Rendered> | undefined, name: string): string {
  if (PRIMITIVE.test(name)) return name;
  const type = types?.get(name);
  if (type === undefined) throw new Error(`no type ${name}`);
  return type();
}
