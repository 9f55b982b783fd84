import { byteFunctions, type HostServices } from "@uni/wasm-rt/guest";
import type { Blocks } from "./blocks.ts";

/** What these functions stand on, whichever engine's blocks and calls those are. */
export interface UserHost {
  /** The call that is under way when the guest uses an import. */
  readonly current: () => UserCall;
  readonly services: HostServices;
}

/** The part of a call that these functions use. */
export interface UserCall {
  readonly blocks: Pick<Blocks, "block" | "store">;
  ending<T>(body: () => T): T;
}

/**
 * The functions of `extism:host/user`: the services of every host, and the embedder's functions that
 * this plugin may use. Each takes and gives the address of a block; 0 is no block.
 */
export function userImports({ current, services }: UserHost): WebAssembly.ModuleImports {
  const imports: WebAssembly.ModuleImports = Object.create(null);
  for (const [name, { call: body, atMost }] of byteFunctions(services)) {
    imports[name] = (address: bigint): bigint => {
      const call = current();
      const input = call.blocks.block(Number(address), atMost);
      const output = call.ending(() => body(input));
      return output === undefined ? 0n : BigInt(call.blocks.store(output));
    };
  }
  return imports;
}
