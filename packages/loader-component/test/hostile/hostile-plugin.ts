import type { Attack } from "@uni/loader-tests/hostile";
import { LOG } from "../uni-interfaces.ts";
import { textAt, type WatPlugin, watPlugin } from "../wat-plugin.ts";

const LEVEL = textAt(1024, "info");
const TEXT = "(param $at i32) (param $length i32)";
const PASSED = "(local.get $at) (local.get $length)";

/** A component that runs an attack. */
export function hostilePlugin(attack: Attack): Promise<Uint8Array> {
  const { at = "call" } = attack;
  const plugin: WatPlugin = {
    imports: `(import "uni:plugin/host-log@0.1.0" "log" (func $log_at (param i32 i32 i32 i32)))
      (import "uni:plugin/host-metrics@0.1.0" "metric-counter" (func $counter (param i32 i32 i32)))
      (import "acme:clock/clock@1.0.0" "tick" (func $tick (param i32 i32 i32)))`,
    world: `${LOG.world} import uni:plugin/host-metrics@0.1.0; import acme:clock/clock@1.0.0;`,
    packages: `${LOG.packages}
      package acme:clock@1.0.0 { interface clock { tick: func(bytes: list<u8>) -> list<u8>; } }`,
    memory: attack.memory ?? "1",
    newest: attack.newest ?? false,
    fields: `${LEVEL.field}
      (global $answered (mut i32) (i32.const 0))
      (global $refused (mut i32) (i32.const 0))
      (global $start (mut i32) (i32.const 0))
      (global $size (mut i32) (i32.const 0))
      (func $log ${TEXT} (call $log_at ${LEVEL.passed} ${PASSED}))
      (func $ask ${TEXT} (call $tick ${PASSED} (i32.const 2048)))
      (func $count ${TEXT} (call $counter ${PASSED} (i32.const 2048)))
      (func $keep ${TEXT}
        (global.set $start (local.get $at)) (global.set $size (local.get $length)))
      (func $answer ${TEXT} (global.set $answered (i32.const 1)) (call $keep ${PASSED}))
      (func $refuse ${TEXT} (global.set $refused (i32.const 1)) (call $keep ${PASSED}))
      (func $attack (local $i i32) (local $j i64) ${attack.body})
      ${at.endsWith("start") ? "(start $attack)" : ""}
      ${attack.fields ?? ""}`,
    body: "(i32.const 0)",
    ...(at === "manifest" ? { inManifest: FIRST } : {}),
    ...(at === "register" ? { inRegister: FIRST } : {}),
    ...(at === "call" ? { inInvoke: CALL } : {}),
  };
  return watPlugin(plugin);
}

const KEPT = "(global.get $start) (global.get $size)";
const FIRST = `(call $attack)
  (if (global.get $answered) (then (return (call $document ${KEPT}))))`;
const CALL = `(call $attack)
  (if (global.get $answered) (then (return (call $ok ${KEPT}))))
  (if (global.get $refused) (then (return (call $err (i32.const 256) ${KEPT}))))`;
