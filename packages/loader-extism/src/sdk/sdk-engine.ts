import { UniError } from "@uni/plugin/errors";
import {
  type CallEnding,
  endedError,
  exportCall,
  type GuestCall,
  type GuestEngine,
  type GuestImports,
  type GuestSource,
  type HostImports,
  runWithin,
  servicesHere,
} from "@uni/wasm-rt";
import { ExtismError } from "../extism-error.ts";
import type { Sdk } from "./load-sdk.ts";
import { SdkGuest } from "./sdk-guest.ts";
import type { SdkImage } from "./sdk-image.ts";

/** Runs guests of one image in the SDK and on this thread, each call within its deadline. */
export class SdkEngine implements GuestEngine {
  readonly #sdk: Sdk;
  readonly #image: SdkImage;

  constructor(sdk: Sdk, image: SdkImage) {
    this.#sdk = sdk;
    this.#image = image;
  }

  async bind({ services, config }: HostImports): Promise<GuestSource<SdkGuest>> {
    const imports = { services: await servicesHere(ExtismError, services), config };
    return new SdkSource(this.#sdk, this.#image, imports);
  }

  async close(): Promise<void> {
    // Every guest closes its own plugin.
  }
}

class SdkSource implements GuestSource<SdkGuest> {
  readonly #sdk: Sdk;
  readonly #image: SdkImage;
  readonly #imports: GuestImports;

  constructor(sdk: Sdk, image: SdkImage, imports: GuestImports) {
    this.#sdk = sdk;
    this.#image = image;
    this.#imports = imports;
  }

  create(): SdkGuest {
    return new SdkGuest(this.#sdk, this.#image, this.#imports);
  }

  prepare(): boolean {
    // The SDK makes plugins asynchronously, and only its calls wait for them.
    return false;
  }

  stateOf(): "lost" {
    return "lost";
  }

  async call(
    guest: SdkGuest,
    what: string,
    call: GuestCall,
    ending: CallEnding,
  ): Promise<Uint8Array> {
    try {
      await guest.open();
      const answer = within(what, ending, () => {
        guest.start();
        return guest.invoke(exportCall(call));
      });
      return await answer();
    } catch (error) {
      throw translated(what, error);
    }
  }

  callSync(_guest: SdkGuest, what: string): never {
    throw new ExtismError(
      "INTERNAL",
      `${what} cannot be called synchronously: the SDK has no synchronous calls, and ExtismLoader has`,
    );
  }
}

function within<T>(what: string, ending: CallEnding, body: () => T): T {
  ending.begin();
  const ended = () => endedError(ExtismError, what, ending);
  const { remainingMs } = ending;
  if (remainingMs === 0) throw ended();
  return runWithin(remainingMs, body, ended);
}
function translated(what: string, error: unknown): unknown {
  if (error instanceof UniError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  // The SDK reads and writes its blocks through views, and lets them refuse.
  if (error instanceof RangeError) {
    return new ExtismError("TRAP", `${what} trapped: ${reason}`, { cause: error });
  }
  // The one error that the SDK sets by itself: variables over their limit.
  if (reason.startsWith("Plugin-originated error: ")) {
    return new ExtismError("RESOURCE_LIMIT", `${what}: ${reason}`, { cause: error });
  }
  return new ExtismError("INTERNAL", `${what} failed inside the loader`, { cause: error });
}
