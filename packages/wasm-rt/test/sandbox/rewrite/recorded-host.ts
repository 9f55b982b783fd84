/** What a guest asked of its host: the import, and the arguments. */
export type HostCall = readonly [name: string, ...args: unknown[]];

/** Imports of an Extism guest that hand out addresses, otherwise answer nothing, and write all down. */
export function recordedHost(module: WebAssembly.Module): {
  readonly imports: WebAssembly.Imports;
  readonly calls: readonly HostCall[];
} {
  const calls: HostCall[] = [];
  let top = 8n;
  const answer = (name: string, args: readonly unknown[]): bigint => {
    calls.push([name, ...args]);
    const address = top;
    if (name === "alloc" && typeof args[0] === "bigint") top += args[0];
    return name === "alloc" ? address : 0n;
  };
  const imports: Record<string, Record<string, WebAssembly.ImportValue>> = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    imports[from] ??= {};
    imports[from][name] = (...args: unknown[]) => answer(name, args);
  }
  return { imports, calls };
}
