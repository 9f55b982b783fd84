import { UniError } from "@uni/plugin/errors";
import { runWithin } from "../sandbox/deadline.ts";
import {
  type Guest,
  type GuestCall,
  type GuestImports,
  type GuestModule,
  makeCall,
} from "./guest.ts";
import type { GuestEngine } from "./guest-engine.ts";
import type { LoaderError } from "./loader-error.ts";
import type { PluginFormat } from "./plugin-format.ts";
import { trapReason } from "./trap.ts";

/**
 * Makes guests of one image and calls them on this thread, each call within its deadline. It owns
 * the distinction between what a guest did wrong and what the host did.
 */
export class InlineEngine<E extends LoaderError> implements GuestEngine<Guest> {
  readonly synchronous = true;
  readonly #format: PluginFormat<unknown, E>;
  readonly #module: GuestModule<unknown>;
  readonly #image: unknown;

  constructor(format: PluginFormat<unknown, E>, module: GuestModule<unknown>, image: unknown) {
    this.#format = format;
    this.#module = module;
    this.#image = image;
  }

  /** The engine of a format, with the module that its guests come from. */
  static async open<E extends LoaderError>(
    format: PluginFormat<unknown, E>,
    image: unknown,
  ): Promise<InlineEngine<E>> {
    // The loader's package names the URL, and `createGuest` is its half of the format's contract.
    const module = (await import(
      /* @vite-ignore */ format.guestModule.href
    )) as GuestModule<unknown>;
    return new InlineEngine(format, module, image);
  }

  create(imports: GuestImports, timeoutMs: number): Guest {
    const create = () => this.#module.createGuest(this.#image, imports);
    if (!this.#format.runsGuestCodeOnCreation(this.#image)) return this.#guard("start", create);
    return this.#within("start", timeoutMs, create);
  }

  async call(guest: Guest, what: string, call: GuestCall, timeoutMs: number): Promise<Uint8Array> {
    return this.callSync(guest, what, call, timeoutMs);
  }

  callSync(guest: Guest, what: string, call: GuestCall, timeoutMs: number): Uint8Array {
    return this.#within(what, timeoutMs, () => makeCall(guest, call));
  }

  #within<T>(what: string, timeoutMs: number, body: () => T): T {
    const onTimeout = () =>
      new this.#format.errors(
        "TIMEOUT",
        `${what} did not finish within ${timeoutMs} ms; its guest was ended`,
      );
    return this.#guard(what, () => runWithin(timeoutMs, body, onTimeout));
  }

  #guard<T>(what: string, body: () => T): T {
    try {
      return body();
    } catch (error) {
      if (error instanceof UniError) throw error;
      const { errors } = this.#format;
      const reason = trapReason(error);
      throw reason === undefined
        ? new errors("INTERNAL", `${what} failed inside the loader`, { cause: error })
        : new errors("TRAP", `${what} trapped: ${reason}`, { cause: error });
    }
  }
}
