import { componentEmbed, componentNew } from "@bytecodealliance/jco-transpile/wasm-tools";
import { describe, expect, it } from "vitest";
import { signatureText } from "../../src/plan/signature.ts";
import { assemble } from "../hostile/wat.ts";
import { takenApart } from "./taken-apart.ts";

const WIT = `package t:t;
interface a {
  resource r {
    constructor(name: string);
    m: func(n: u8) -> list<r>;
    s: static func(of: borrow<r>) -> option<r>;
  }
}
interface b { use a.{r as renamed}; resource r; f: func(of: renamed, mine: borrow<r>); }
world w {
  use a.{r};
  import b;
  import g: func(of: borrow<r>) -> r;
}`;

describe("resources of the host", () => {
  it("have methods, statics and constructors whose types are those of wasm-tools", async () => {
    const core = await componentEmbed({ dummy: true, witSource: WIT, world: "w" });
    const { plan } = takenApart(await componentNew(core));
    const signatures = plan.imports.map((i) => [i.interface, i.name, signatureText(plan, i)]);
    expect(signatures.sort()).toEqual(
      [
        ["t:t/a", "[constructor]r", "func(string) -> own<r>"],
        ["t:t/a", "[method]r.m", "func(borrow<r>, u8) -> list<own<r>>"],
        ["t:t/a", "[static]r.s", "func(borrow<r>) -> option<own<r>>"],
        ["t:t/b", "f", "func(own<r>, borrow<r>)"],
        [null, "g", "func(borrow<r>) -> own<r>"],
      ].sort(),
    );
    expect(plan.resources).toEqual([
      { name: "r", interface: "t:t/a" },
      { name: "r", interface: "t:t/b" },
    ]);
    const [ofA, ofB] = (plan.imports.find(({ name }) => name === "f")?.params ?? []).map((ref) =>
      typeof ref === "number" ? plan.types[ref] : ref,
    );
    expect([ofA, ofB]).toEqual([
      { kind: "own", resource: 0 },
      { kind: "borrow", resource: 1 },
    ]);
  });

  it("are dropped by a core function that knows which resource it is for", async () => {
    const { plan } = takenApart(
      await assemble(`(component
        (import "t:t/a" (instance $a (export "x" (type (sub resource)))))
        (import "t:t/b" (instance $b (export "y" (type (sub resource)))))
        (alias export $b "y" (type $y))
        (core func $drop (canon resource.drop $y))
        (core module $m (import "h" "drop" (func (param i32))))
        (core instance (instantiate $m (with "h" (instance (export "drop" (func $drop)))))))`),
    );
    expect(plan.trampolines).toEqual([{ kind: "resource.drop", resource: 1 }]);
    expect(plan.instances).toEqual([
      { module: 0, imports: [{ name: "h", items: [["drop", { trampoline: 0 }]] }] },
    ]);
  });
});
