import { AsyncLocalStorage } from "node:async_hooks";
import { type Channel, channel } from "node:diagnostics_channel";
import {
  type Attributes,
  type Context,
  context,
  type Span,
  SpanStatusCode,
  type Tracer,
  trace,
} from "@opentelemetry/api";
import type { CallStarted, LoadStarted } from "@uni/wasm-rt";
import {
  callAttributes,
  errorAttributes,
  functionAttributes,
  loadAttributes,
} from "./attributes.ts";
import { onChannel, type Stop, together } from "./on-channel.ts";

// Stores are bound to the object, which must be there until a loader has it too.
const CALL_START: Channel = channel("uni:call:start");
const LOAD_START: Channel = channel("uni:load:start");

/** What runs within a call or a load. */
interface Within {
  /** With its span. */
  readonly context: Context;
  /** What was active where it began. */
  readonly outer: Context;
}

/** Makes a span of every call and of every load, and knows which of them is under way. */
export class PluginSpans implements Disposable {
  readonly #tracer: Tracer;
  readonly #within = new AsyncLocalStorage<Within>();
  readonly #spans = new WeakMap<CallStarted | LoadStarted, Span>();
  readonly #stop: Stop;

  constructor(tracer: Tracer) {
    this.#tracer = tracer;
    CALL_START.bindStore(this.#within, (message) => {
      // What is published on the channel.
      const call = message as CallStarted;
      return this.#start(call, `call ${call.function}`, functionAttributes(call));
    });
    LOAD_START.bindStore(this.#within, (message) => {
      // What is published on the channel.
      return this.#start(message as LoadStarted, "load plugin", {});
    });
    this.#stop = together([
      () => CALL_START.unbindStore(this.#within),
      () => LOAD_START.unbindStore(this.#within),
      onChannel("uni:call:end", (ended) => {
        this.#end(ended.call, ended.errorCode, callAttributes(ended));
      }),
      onChannel("uni:load:end", (ended) => {
        this.#end(ended.load, ended.errorCode, loadAttributes(ended));
      }),
    ]);
  }

  /** The context of the call that is under way here, with its span, or what is active within it. */
  get context(): Context {
    const active = context.active();
    const within = this.#within.getStore();
    // Something else became active later, and is further in.
    return within === undefined || within.outer !== active ? active : within.context;
  }

  [Symbol.dispose](): void {
    this.#stop();
  }

  #start(started: CallStarted | LoadStarted, name: string, attributes: Attributes): Within {
    const parent = this.context;
    const span = this.#tracer.startSpan(name, { attributes }, parent);
    this.#spans.set(started, span);
    return { context: trace.setSpan(parent, span), outer: context.active() };
  }

  #end(
    started: CallStarted | LoadStarted,
    errorCode: string | undefined,
    attributes: Attributes,
  ): void {
    const span = this.#spans.get(started);
    // It began before anybody looked.
    if (span === undefined) return;
    span.setAttributes({ ...attributes, ...errorAttributes(errorCode) });
    // Without a description, which would say what `error.type` says.
    if (errorCode !== undefined) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  }
}
