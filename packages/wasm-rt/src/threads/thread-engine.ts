import type { LoaderError, LoaderErrorClass } from "../errors/loader-error.ts";
import type { GuestEngine, GuestSource } from "../guest/guest-engine.ts";
import type { HostImports, ModuleFunction } from "../host/provided-function.ts";
import { diedError } from "./died-error.ts";
import type { GuestThread } from "./guest-thread.ts";
import { guestThreads, sessionThreads } from "./process-threads.ts";
import type { CarriedImports, ToThread } from "./protocol.ts";
import type { RemoteGuest } from "./remote-guest.ts";
import { ThreadSource } from "./thread-source.ts";

let lastId = 0;

/** What of a format a guest thread needs. */
interface ThreadFormat<E extends LoaderError> {
  readonly errors: LoaderErrorClass<E>;
  readonly guestModule: URL;
}

/** Runs the guests of one image on guest threads. */
export class ThreadEngine<E extends LoaderError> implements GuestEngine {
  readonly #format: ThreadFormat<E>;
  readonly #image: unknown;
  readonly #imageId = ++lastId;
  /** Of the image, and of the imports that guests are bound to. */
  readonly #ids: number[] = [this.#imageId];
  /** Threads that know any of them. */
  readonly #threads = new Set<GuestThread>();

  private constructor(format: ThreadFormat<E>, image: unknown) {
    this.#format = format;
    this.#image = image;
  }

  /** @throws the loader's `INTERNAL` where no thread can start. */
  static async open<E extends LoaderError>(
    format: ThreadFormat<E>,
    image: unknown,
  ): Promise<ThreadEngine<E>> {
    try {
      await guestThreads.enter();
    } catch (cause) {
      throw diedError(format.errors, "the plugin", cause);
    }
    sessionThreads.join();
    return new ThreadEngine(format, image);
  }

  async bind(imports: HostImports): Promise<GuestSource<RemoteGuest>> {
    const id = ++lastId;
    this.#ids.push(id);
    const carried = carriedImports(imports);
    const origin = { image: this.#imageId, imports: id };
    return new ThreadSource(this.#format.errors, imports.services, origin, (thread) =>
      this.#introduce(thread, { kind: "imports", id, imports: carried }),
    );
  }

  async close(): Promise<void> {
    for (const thread of this.#threads) {
      thread.home.tell(thread, { kind: "forget", ids: this.#ids });
      for (const id of this.#ids) thread.known.delete(id);
    }
    this.#threads.clear();
    await Promise.all([guestThreads.leave(), sessionThreads.leave()]);
  }

  /** Sends a thread the image and the imports; false where it has them. */
  #introduce(thread: GuestThread, imports: ToThread & { kind: "imports" }): boolean {
    if (!thread.known.has(this.#imageId)) {
      const { guestModule } = this.#format;
      const image = this.#image;
      thread.post({ kind: "image", id: this.#imageId, guestModule: guestModule.href, image });
      thread.known.add(this.#imageId);
      // Here rather than when a thread ends, whose promise would keep a closed plugin's image.
      for (const known of this.#threads) if (!known.alive) this.#threads.delete(known);
      this.#threads.add(thread);
    }
    if (thread.known.has(imports.id)) return false;
    thread.post(imports);
    thread.known.add(imports.id);
    return true;
  }
}

/** What of a plugin's imports is data. */
function carriedImports({ services, config }: HostImports): CarriedImports {
  const closures: string[] = [];
  const modules: [string, ModuleFunction][] = [];
  for (const [importName, provided] of services.functions) {
    if (provided.kind === "closure") closures.push(importName);
    else {
      const { href, name, pluginId, pluginVersion } = provided;
      modules.push([importName, { href, name, pluginId, pluginVersion }]);
    }
  }
  return { config, closures, modules };
}
