import type { Meter, ObservableResult } from "@opentelemetry/api";
import type { ThreadStarted } from "@uni/wasm-rt";
import { onChannel, type Stop, together } from "./on-channel.ts";

/** Reports the guest threads that are started from now on. */
export function reportThreads(meter: Meter): Stop {
  const threads = new Set<ThreadStarted>();
  const count = meter.createObservableUpDownCounter("uni.guest_thread.count", {
    description: "Guest threads of this process.",
    unit: "{thread}",
  });
  const ends = meter.createCounter("uni.guest_thread.ends", {
    description: "Guest threads that have ended: by their host, or by themselves.",
    unit: "{thread}",
  });
  const observe = (result: ObservableResult) => result.observe(threads.size);
  count.addCallback(observe);
  return together([
    onChannel("uni:thread:start", (thread) => {
      threads.add(thread);
    }),
    onChannel("uni:thread:end", ({ thread, reason }) => {
      threads.delete(thread);
      ends.add(1, { "uni.guest_thread.end.reason": reason });
    }),
    () => count.removeCallback(observe),
  ]);
}
