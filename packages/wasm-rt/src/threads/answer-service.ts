import { logLevel } from "../host/log-record.ts";
import type { HostImports } from "../host/provided-function.ts";
import type { ServiceRequest } from "./protocol.ts";

/**
 * Answers, on the host's thread, what a guest asks of its host; with a promise where a host function
 * is asynchronous. What it throws is typed.
 */
export function answerService(services: HostImports["services"], request: ServiceRequest): unknown {
  switch (request.service) {
    case "log":
      return services.log(logLevel(request.level), request.message);
    case "traceparent":
      return services.traceparent();
    case "metricCounter":
      return services.metricCounter(request.name);
    case "function": {
      const provided = services.functions.get(request.name);
      if (provided?.kind === "closure") return provided.call(request.bytes);
      throw new Error(`the host has no function ${request.name}`);
    }
    case "allows": {
      const provided = services.functions.get(request.name);
      return provided?.kind === "module" && provided.allows(request.argument);
    }
  }
}
