import type { ExtismError } from "@uni/loader-extism";
import {
  type GuestCall,
  type GuestEngine,
  type GuestHandle,
  type GuestSource,
  type HostImports,
  type LoaderOptions,
  type PluginFormat,
  PluginLoader,
} from "@uni/wasm-rt";
import { extismFormat } from "../../../../../packages/loader-extism/src/extism-format.ts";
import { InlineEngine } from "../../../../../packages/wasm-rt/src/load/inline-engine.ts";
import { ThreadEngine } from "../../../../../packages/wasm-rt/src/threads/thread-engine.ts";

type Source = GuestSource<GuestHandle>;
/** The last arguments of a call. */
type Called = readonly [guest: GuestHandle, what: string, call: GuestCall, ending: Ending];
export type Ending = Parameters<Source["call"]>[3];

/** What becomes of the calls of an engine. */
export interface Around {
  call(run: (...called: Called) => Promise<Uint8Array>, called: Called): Promise<Uint8Array>;
  callSync(run: (...called: Called) => Uint8Array, called: Called): Uint8Array;
}

const FORMAT: PluginFormat<unknown, ExtismError> = extismFormat;

/** The Extism loader with something around the engine that runs its guests. */
export class AroundLoader extends PluginLoader<ExtismError> {
  constructor({ isolation, ...options }: LoaderOptions, around: Around) {
    const open = (image: unknown): Promise<GuestEngine> =>
      isolation === "inline" ? InlineEngine.open(FORMAT, image) : ThreadEngine.open(FORMAT, image);
    const openEngine = async (image: unknown) => new AroundEngine(await open(image), around);
    super({ ...FORMAT, openEngine }, options);
  }
}

class AroundEngine implements GuestEngine {
  readonly #engine: GuestEngine;
  readonly #around: Around;

  constructor(engine: GuestEngine, around: Around) {
    this.#engine = engine;
    this.#around = around;
  }

  async bind(imports: HostImports): Promise<Source> {
    const around = this.#around;
    const source = await this.#engine.bind(imports);
    return {
      create: () => source.create(),
      prepare: (...prepared) => source.prepare(...prepared),
      stateOf: (guest) => source.stateOf(guest),
      keep: (...kept) => source.keep?.(...kept),
      call: (...called) => around.call((...args) => source.call(...args), called),
      callSync: (...called) => around.callSync((...args) => source.callSync(...args), called),
    };
  }

  close(): Promise<void> {
    return this.#engine.close();
  }
}
