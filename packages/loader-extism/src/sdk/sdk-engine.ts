import { UniError } from "@uni/plugin/errors";
import { type GuestCall, type GuestEngine, type GuestImports, runWithin } from "@uni/wasm-rt";
import { exportCall } from "../abi/export-call.ts";
import { ExtismError } from "../extism-error.ts";
import type { Sdk } from "./load-sdk.ts";
import { SdkGuest } from "./sdk-guest.ts";
import type { SdkImage } from "./sdk-image.ts";

/** Makes guests of one image in the SDK and calls them on this thread, each call within its deadline. */
export class SdkEngine implements GuestEngine<SdkGuest> {
  readonly synchronous = false;
  readonly #sdk: Sdk;
  readonly #image: SdkImage;

  constructor(sdk: Sdk, image: SdkImage) {
    this.#sdk = sdk;
    this.#image = image;
  }

  create(imports: GuestImports, timeoutMs: number): SdkGuest {
    return new SdkGuest(this.#sdk, this.#image, imports, timeoutMs);
  }

  async call(
    guest: SdkGuest,
    what: string,
    call: GuestCall,
    timeoutMs: number,
  ): Promise<Uint8Array> {
    try {
      await guest.open();
      if (guest.starts) within("start", guest.startTimeoutMs, () => guest.start());
      const answer = within(what, timeoutMs, () => guest.invoke(exportCall(call)));
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

function within<T>(what: string, timeoutMs: number, body: () => T): T {
  const onTimeout = () =>
    new ExtismError(
      "TIMEOUT",
      `${what} did not finish within ${timeoutMs} ms; its guest was ended`,
    );
  return runWithin(timeoutMs, body, onTimeout);
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
