import { textAt, type WatPlugin } from "./wat-plugin.ts";

/** The interfaces of the contract that every host provides. */
export const UNI_PACKAGE = `package uni:plugin@0.1.0 {
  interface host-log { log: func(level: string, message: string); }
  interface host-trace-context { get-traceparent: func() -> option<string>; }
  interface host-metrics { metric-counter: func(name: string) -> option<u64>; }
}`;

/** Imports `host-log` as `$log`. */
export const LOG: Pick<WatPlugin, "world" | "packages" | "imports"> = {
  world: "import uni:plugin/host-log@0.1.0;",
  packages: UNI_PACKAGE,
  imports: '(import "uni:plugin/host-log@0.1.0" "log" (func $log (param i32 i32 i32 i32)))',
};

/** A call of `$log`, and the fields with its texts, at `address` and 512 bytes behind it. */
export function logging(
  level: string,
  message: string,
  address = 1024,
): { fields: string; call: string } {
  const [first, second] = [textAt(address, level), textAt(address + 512, message)];
  return {
    fields: first.field + second.field,
    call: `(call $log ${first.passed} ${second.passed})`,
  };
}
