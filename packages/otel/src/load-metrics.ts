import type { Meter } from "@opentelemetry/api";
import { errorAttributes, loadAttributes } from "./attributes.ts";
import { Durations } from "./durations.ts";
import { onChannel, type Stop } from "./on-channel.ts";

/** Records every load that ends. */
export function recordLoads(meter: Meter): Stop {
  const duration = new Durations(meter, "uni.plugin.load.duration", "Duration of loading plugins.");
  return onChannel("uni:load:end", (ended) => {
    const { durationMs, errorCode } = ended;
    duration.record(durationMs, { ...loadAttributes(ended), ...errorAttributes(errorCode) });
  });
}
