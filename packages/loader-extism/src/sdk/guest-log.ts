import type { HostServices, LogLevel } from "@uni/wasm-rt";
import { MAX_TEXT_BYTES } from "../abi/host-call.ts";

/** A logger for the SDK; what the SDK has to say about the plugin arrives there too. */
export function guestLog(services: HostServices): Console {
  const write = (level: LogLevel) => (text: string) => services.log(level, cut(text));
  const logger: Record<LogLevel, (text: string) => void> = {
    trace: write("trace"),
    debug: write("debug"),
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
  };
  // The SDK's type is that of the console, of which it calls these five methods with one text.
  return logger as unknown as Console;
}

function cut(text: string): string {
  // No text has fewer bytes than UTF-16 code units.
  if (text.length * 3 <= MAX_TEXT_BYTES) return text;
  const bytes = new TextEncoder().encode(text);
  if (bytes.length <= MAX_TEXT_BYTES) return text;
  return new TextDecoder().decode(bytes.subarray(0, MAX_TEXT_BYTES));
}
