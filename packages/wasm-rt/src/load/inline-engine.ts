import type { LoaderError, LoaderErrorClass } from "../errors/loader-error.ts";
import { typedError } from "../errors/typed-error.ts";
import {
  type Guest,
  type GuestCall,
  type GuestImports,
  type GuestModule,
  makeCall,
} from "../guest/guest.ts";
import type { GuestBuild, GuestEngine, GuestHandle, GuestSource } from "../guest/guest-engine.ts";
import { importGuestModule } from "../guest/import-guest-module.ts";
import type { HostImports } from "../host/provided-function.ts";
import { servicesHere } from "../host/services-here.ts";
import { runWithin } from "../sandbox/deadline.ts";
import type { CallEnding } from "../wait/call-ending.ts";
import { endedError } from "../wait/ended-error.ts";
import type { PluginFormat } from "./plugin-format.ts";

/** Runs the guests of one image on this thread, each call within its deadline. */
export class InlineEngine<E extends LoaderError> implements GuestEngine {
  readonly #errors: LoaderErrorClass<E>;
  readonly #module: GuestModule<unknown>;
  readonly #image: unknown;

  private constructor(errors: LoaderErrorClass<E>, module: GuestModule<unknown>, image: unknown) {
    this.#errors = errors;
    this.#module = module;
    this.#image = image;
  }

  /** The engine of a format, with the module that its guests come from. */
  static async open<E extends LoaderError>(
    { errors, guestModule }: PluginFormat<unknown, E>,
    image: unknown,
  ): Promise<InlineEngine<E>> {
    return new InlineEngine(errors, await importGuestModule(guestModule.href), image);
  }

  async bind({ services, config }: HostImports): Promise<GuestSource<InlineGuest>> {
    const imports = { services: await servicesHere(this.#errors, services), config };
    return new InlineSource(this.#errors, this.#module, this.#image, imports);
  }

  async close(): Promise<void> {
    // Nothing is left of a guest that was disposed.
  }
}

/** A guest on this thread. */
class InlineGuest implements GuestHandle {
  readonly guest: Guest;
  readonly build: GuestBuild;

  constructor(guest: Guest, build: GuestBuild) {
    this.guest = guest;
    this.build = build;
  }

  [Symbol.dispose](): void {
    this.guest[Symbol.dispose]();
  }
}

class InlineSource<E extends LoaderError> implements GuestSource<InlineGuest> {
  readonly #errors: LoaderErrorClass<E>;
  readonly #module: GuestModule<unknown>;
  readonly #image: unknown;
  readonly #imports: GuestImports;

  constructor(
    errors: LoaderErrorClass<E>,
    module: GuestModule<unknown>,
    image: unknown,
    imports: GuestImports,
  ) {
    this.#errors = errors;
    this.#module = module;
    this.#image = image;
    this.#imports = imports;
  }

  create(): InlineGuest {
    const startedAt = performance.now();
    const create = () => this.#module.createGuest(this.#image, this.#imports);
    const guest = this.#typed("start", create);
    return new InlineGuest(guest, { startedAt, tookMs: performance.now() - startedAt });
  }

  prepare(): boolean {
    // It was built when it was created.
    return true;
  }

  stateOf(): "ready" {
    return "ready";
  }

  keep(): void {
    // It stays where it is.
  }

  async call(
    guest: InlineGuest,
    what: string,
    call: GuestCall,
    ending: CallEnding,
  ): Promise<Uint8Array> {
    return this.callSync(guest, what, call, ending);
  }

  callSync({ guest }: InlineGuest, what: string, call: GuestCall, ending: CallEnding): Uint8Array {
    ending.begin();
    const ended = () => endedError(this.#errors, what, ending);
    const { remainingMs } = ending;
    if (remainingMs === 0) throw ended();
    return this.#typed(what, () => runWithin(remainingMs, () => makeCall(guest, call), ended));
  }

  #typed<T>(what: string, body: () => T): T {
    try {
      return body();
    } catch (error) {
      throw typedError(this.#errors, what, error);
    }
  }
}
