import type { MessagePort } from "node:worker_threads";
import type { GuestCall } from "../guest/guest.ts";
import type { ModuleFunction } from "../host/provided-function.ts";
import type { CarriedError } from "./carried-error.ts";

/** What a guest thread starts with. */
export interface ThreadData {
  readonly port: MessagePort;
  readonly control: SharedArrayBuffer;
}

/**
 * The words of a thread's control block. A side that waits has counted what it has seen of the
 * other's messages; whoever posts one counts it and wakes the other.
 */
export const CONTROL = { toThread: 0, toHost: 1 } as const;
export const CONTROL_BYTES: number = Object.keys(CONTROL).length * Int32Array.BYTES_PER_ELEMENT;

/** What the host posts to a thread: only while it is idle, or waits for an answer. */
export type ToThread =
  /** An image, once for a thread. */
  | {
      readonly kind: "image";
      readonly id: number;
      readonly guestModule: string;
      readonly image: unknown;
    }
  /** What guests of one plugin import, once for a thread; the thread says when it has both. */
  | { readonly kind: "imports"; readonly id: number; readonly imports: CarriedImports }
  /** Drops images and imports that no call will name any more. */
  | { readonly kind: "forget"; readonly ids: readonly number[] }
  /** Builds a guest ahead. */
  | { readonly kind: "prepare"; readonly guest: number; readonly from: GuestOrigin }
  /** Drops a guest, if it is still there. */
  | { readonly kind: "drop"; readonly guest: number }
  /** Calls a guest that is there, or a fresh one. */
  | {
      readonly kind: "call";
      readonly guest: number;
      /** Whether it was built ahead, or was called before. */
      readonly built: boolean;
      /** Whether it stays for another call, if this one ends well. */
      readonly keep: boolean;
      readonly from: GuestOrigin;
      readonly what: string;
      readonly call: GuestCall;
      /** Whether the host's thread sleeps until the call is done. */
      readonly sync: boolean;
    }
  /** What a host service answered. */
  | { readonly kind: "answer"; readonly value: unknown }
  /** A host service failed; the host knows how. */
  | { readonly kind: "refused" };

/** Of which image, and on which imports. */
export interface GuestOrigin {
  readonly image: number;
  readonly imports: number;
}

/** The imports of a plugin's guests as data; what is not data is asked of the host. */
export interface CarriedImports {
  readonly config: Readonly<Record<string, string>>;
  /** Closures of the host, by the names that the plugin imports them as. */
  readonly closures: readonly string[];
  /** Host functions that the thread imports, by those names. */
  readonly modules: readonly (readonly [importName: string, from: ModuleFunction])[];
}

/** What a thread posts to the host. */
export type ToHost =
  | { readonly kind: "started" }
  /** The thread has an image and imports that it was sent, or knows why not. */
  | { readonly kind: "introduced" }
  | { readonly kind: "service"; readonly request: ServiceRequest }
  /** How a call ended, and how many milliseconds its guest took to build, if it had to be. */
  | {
      readonly kind: "result";
      readonly output: Uint8Array;
      readonly buildMs: number | undefined;
    }
  | {
      readonly kind: "failed";
      readonly error: CarriedError;
      readonly buildMs: number | undefined;
    };

/** What a guest asks of its host; the thread waits for the answer. */
export type ServiceRequest =
  | { readonly service: "log"; readonly level: string; readonly message: string }
  | { readonly service: "traceparent" }
  | { readonly service: "metricCounter"; readonly name: string }
  | { readonly service: "function"; readonly name: string; readonly bytes: Uint8Array }
  /** Whether a capability covers an argument, for a host function on the thread. */
  | { readonly service: "allows"; readonly name: string; readonly argument: string };
