import type { Meter } from "@opentelemetry/api";
import { errorAttributes, functionAttributes, pluginAttributes } from "./attributes.ts";
import { Durations } from "./durations.ts";
import { onChannel, type Stop } from "./on-channel.ts";

/** Records every call that ends. */
export function recordCalls(meter: Meter): Stop {
  const duration = new Durations(
    meter,
    "uni.plugin.call.duration",
    "Duration of calls of plugin functions.",
  );
  const encode = new Durations(
    meter,
    "uni.plugin.call.encode_time",
    "The time it took to check arguments and to encode them.",
  );
  const decode = new Durations(
    meter,
    "uni.plugin.call.decode_time",
    "The time it took to check an answer and to decode it.",
  );
  const io = meter.createCounter("uni.plugin.call.io", {
    description: "Arrow IPC and states that went to guests and came back.",
    unit: "By",
  });
  const wait = new Durations(
    meter,
    "uni.plugin.guest.wait_time",
    "The time it took to obtain a guest and a thread for it.",
  );
  const create = new Durations(
    meter,
    "uni.plugin.guest.create_time",
    "The time it took to build a guest for a call.",
  );
  const use = new Durations(
    meter,
    "uni.plugin.guest.use_time",
    "The time between the start of a guest's call and its answer.",
  );
  const timeouts = meter.createCounter("uni.plugin.guest.timeouts", {
    description:
      "Calls that ended while they waited for a guest, because they had waited too long.",
    unit: "{timeout}",
  });
  return onChannel(
    "uni:call:end",
    ({ call, durationMs, stagesMs, bytesIn, bytesOut, errorCode }) => {
      const of = functionAttributes(call);
      duration.record(durationMs, { ...of, ...errorAttributes(errorCode) });
      encode.record(stagesMs.encode, of);
      decode.record(stagesMs.decode, of);
      if (bytesIn > 0) io.add(bytesIn, { ...of, "uni.call.io.direction": "in" });
      if (bytesOut > 0) io.add(bytesOut, { ...of, "uni.call.io.direction": "out" });
      const pool = pluginAttributes(call.pluginId, call.pluginVersion);
      wait.record(stagesMs.wait, pool);
      create.record(stagesMs.instantiate, pool);
      use.record(stagesMs.execute, pool);
      if (errorCode === "TIMEOUT" && stagesMs.execute === undefined) timeouts.add(1, pool);
    },
  );
}
