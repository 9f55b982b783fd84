import { type Context, isSpanContextValid, trace } from "@opentelemetry/api";

/** A context's span as W3C Trace Context writes it (level 1, section 3.2); undefined without one. */
export function traceparentOf(context: Context): string | undefined {
  const span = trace.getSpanContext(context);
  if (span === undefined || !isSpanContextValid(span)) return undefined;
  // Of the flags, only the lowest one is defined.
  return `00-${span.traceId}-${span.spanId}-0${span.traceFlags & 1}`;
}
