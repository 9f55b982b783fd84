import { LoaderError } from "../errors/loader-error.ts";
import { typedError } from "../errors/typed-error.ts";
import { type Guest, type GuestImports, type GuestModule, makeCall } from "../guest/guest.ts";
import { importGuestModule } from "../guest/import-guest-module.ts";
import { carry } from "./carried-error.ts";
import { guestImports } from "./guest-imports.ts";
import { HostRefused } from "./host-refused.ts";
import type { GuestOrigin, ToThread } from "./protocol.ts";
import type { ThreadLink } from "./thread-link.ts";

/** What a guest thread knows: images, imports, and guests that wait for a call. */
export class GuestStore {
  readonly #link: ThreadLink;
  readonly #images = new Map<number, Kept<Image>>();
  readonly #imports = new Map<number, Kept<GuestImports>>();
  readonly #guests = new Map<number, Kept<Guest>>();
  /** How long the last call's guest took to build, if it had to be. */
  #buildMs: number | undefined;

  constructor(link: ThreadLink) {
    this.#link = link;
  }

  async handle(message: ToThread): Promise<void> {
    switch (message.kind) {
      case "image": {
        const { id, guestModule, image } = message;
        const load = async () => ({ module: await importGuestModule(guestModule), image });
        this.#images.set(id, await keep(load));
        break;
      }
      case "imports":
        this.#imports.set(message.id, await keep(() => guestImports(this.#link, message.imports)));
        this.#link.post({ kind: "introduced" });
        break;
      case "forget":
        for (const id of message.ids) {
          this.#images.delete(id);
          this.#imports.delete(id);
        }
        break;
      case "prepare":
        this.#guests.set(message.guest, await keep(() => this.#create(message.from)));
        break;
      case "drop":
        this.#drop(message.guest);
        break;
      case "call":
        this.#call(message);
        break;
      default:
        throw new Error(`the host sent "${message.kind}" to a thread that waits for a call`);
    }
  }

  #call(message: ToThread & { kind: "call" }): void {
    this.#link.hostWaits = message.sync;
    this.#buildMs = undefined;
    try {
      const output = this.#output(message);
      this.#link.post({ kind: "result", output, buildMs: this.#buildMs }, [
        output.buffer as ArrayBuffer,
      ]);
    } catch (error) {
      const { what } = message;
      const typed = error instanceof HostRefused ? error : typedError(LoaderError, what, error);
      this.#link.post({ kind: "failed", error: carry(typed), buildMs: this.#buildMs });
    }
  }

  #output({ guest: id, built, keep, from, call }: ToThread & { kind: "call" }): Uint8Array {
    const guest = built ? this.#taken(id) : this.#built(from);
    let stays = false;
    try {
      const output = makeCall(guest, call);
      stays = keep;
      return output;
    } finally {
      if (stays) this.#guests.set(id, { value: guest });
      else guest[Symbol.dispose]();
    }
  }

  /** A guest that could not be built, or whose call failed, is not there any more. */
  #drop(id: number): void {
    const kept = this.#guests.get(id);
    this.#guests.delete(id);
    if (kept !== undefined && "value" in kept) kept.value[Symbol.dispose]();
  }

  #taken(id: number): Guest {
    const kept = this.#guests.get(id);
    this.#guests.delete(id);
    return unwrap(kept);
  }

  #built(from: GuestOrigin): Guest {
    const startedAt = performance.now();
    const guest = this.#create(from);
    this.#buildMs = performance.now() - startedAt;
    return guest;
  }

  #create({ image, imports }: GuestOrigin): Guest {
    const { module, image: compiled } = unwrap(this.#images.get(image));
    return module.createGuest(compiled, unwrap(this.#imports.get(imports)));
  }
}

interface Image {
  readonly module: GuestModule<unknown>;
  readonly image: unknown;
}

/** Something that is there, or why it is not; whoever needs it gets the error. */
type Kept<T> = { readonly value: T } | { readonly error: unknown };

async function keep<T>(make: () => T | Promise<T>): Promise<Kept<T>> {
  try {
    return { value: await make() };
  } catch (error) {
    return { error };
  }
}

function unwrap<T>(kept: Kept<T> | undefined): T {
  if (kept === undefined) throw new Error("the host named what it had not sent");
  if ("error" in kept) throw kept.error;
  return kept.value;
}
