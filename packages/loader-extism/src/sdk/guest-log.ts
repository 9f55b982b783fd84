import type { HostServices, LogLevel } from "@uni/wasm-rt";

/** A logger for the SDK; what the SDK has to say about the plugin arrives there too. */
export function guestLog(services: HostServices): Console {
  const write = (level: LogLevel) => (text: string) => services.log(level, text);
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
