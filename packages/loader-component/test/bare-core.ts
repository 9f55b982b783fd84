import type { ComponentPlan, ItemRef } from "../src/plan/plan.ts";

/**
 * Calls `invoke-scalar` of fresh core instances on the least that a host can do: no checks, no limits,
 * no errors, and imports that answer nothing. The floor of what a component can cost.
 */
export function bareCore(plan: ComponentPlan, modules: readonly WebAssembly.Module[]) {
  const scalar = plan.exports.find(({ name }) => name === "invoke-scalar");
  if (scalar === undefined) throw new Error("the component has no invoke-scalar");
  const { core, options, postReturn } = scalar;
  const stubs = plan.trampolines.map((trampoline) => {
    const result = trampoline.kind === "call" ? plan.imports[trampoline.import]?.result : null;
    return result === "u64" || result === "s64" ? () => 0n : () => 0;
  });
  return (qname: Uint8Array, ipc: Uint8Array): Uint8Array => {
    const instances: WebAssembly.Exports[] = [];
    const item = (ref: ItemRef) =>
      "trampoline" in ref ? stubs[ref.trampoline] : instances[ref.instance]?.[ref.name];
    for (const { module, imports } of plan.instances) {
      const given: Record<string, unknown> = {};
      for (const part of imports) {
        given[part.name] =
          "instance" in part
            ? instances[part.instance]
            : Object.fromEntries(part.items.map(([name, ref]) => [name, item(ref)]));
      }
      const compiled = modules[module] as WebAssembly.Module;
      instances.push(new WebAssembly.Instance(compiled, given as WebAssembly.Imports).exports);
    }
    const of = (ref: typeof postReturn) => ref && instances[ref.instance]?.[ref.name];
    const memory = of(options.memory) as WebAssembly.Memory;
    const realloc = of(options.realloc) as (...args: number[]) => number;
    const place = (bytes: Uint8Array) => {
      const at = realloc(0, 0, 1, bytes.length);
      new Uint8Array(memory.buffer).set(bytes, at);
      return at;
    };
    const args = [place(qname), qname.length, place(ipc), ipc.length];
    const result = (of(core) as (...args: number[]) => number)(...args);
    const [, at = 0, length = 0] = new Uint32Array(memory.buffer, result, 3);
    const output = new Uint8Array(memory.buffer, at, length).slice();
    (of(postReturn) as ((result: number) => void) | undefined)?.(result);
    return output;
  };
}
