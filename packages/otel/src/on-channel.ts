import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { ChannelPayloads } from "@uni/wasm-rt";

/** Stops something that goes on. */
export type Stop = () => void;

/** Has a channel's messages handed to a listener until it is stopped. */
export function onChannel<K extends keyof ChannelPayloads>(
  name: K,
  listener: (message: ChannelPayloads[K]) => void,
): Stop {
  // What is published on a channel is what its name stands for.
  const typed = (message: unknown) => listener(message as ChannelPayloads[K]);
  subscribe(name, typed);
  return () => unsubscribe(name, typed);
}

/** Stops all of them. */
export function together(stops: readonly Stop[]): Stop {
  return () => {
    for (const stop of stops) stop();
  };
}
