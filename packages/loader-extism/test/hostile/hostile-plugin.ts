import type { Attack } from "@uni/loader-tests/hostile";
import { env, user, type WatPlugin, watPlugin } from "../wat-plugin.ts";

const BLOCK = "(call $alloc (i64.extend_i32_u (local.get $length)))";
const TEXT = "(param $at i32) (param $length i32)";

/** An Extism plugin that runs an attack. */
export function hostilePlugin(attack: Attack): Promise<Uint8Array> {
  const { at = "call" } = attack;
  const plugin: WatPlugin = {
    imports: [
      ...["log_info", "free", "error_set"].map((name) => env(name, "(param i64)")),
      user("tick"),
      user("uni_metric_counter"),
      attack.imports ?? "",
    ].join(" "),
    memory: attack.memory ?? "1",
    newest: attack.newest ?? false,
    fields: `(global $status (mut i32) (i32.const 0))
      (global $answered (mut i32) (i32.const 0))
      (func $log ${TEXT} (local $block i64)
        (local.set $block ${BLOCK})
        (call $log_info (local.get $block))
        (call $free (local.get $block)))
      (func $ask ${TEXT} (local $block i64)
        (local.set $block ${BLOCK})
        (call $free (call $tick (local.get $block)))
        (call $free (local.get $block)))
      (func $count ${TEXT} (local $block i64)
        (local.set $block ${BLOCK})
        (call $free (call $uni_metric_counter (local.get $block)))
        (call $free (local.get $block)))
      (func $answer ${TEXT}
        (global.set $answered (i32.const 1))
        (call $output_set ${BLOCK} (i64.extend_i32_u (local.get $length))))
      (func $refuse ${TEXT}
        (global.set $status (i32.const 1))
        (call $error_set ${BLOCK}))
      (func $attack (local $i i32) (local $j i64) ${attack.body})
      ${at.endsWith("start") ? "(start $attack)" : ""}
      ${attack.fields ?? ""}`,
    body: at === "call" ? "(call $attack) (global.get $status)" : "(i32.const 0)",
    ...(at === "manifest" ? { inManifest: FIRST } : {}),
    ...(at === "register" ? { inRegister: FIRST } : {}),
  };
  return watPlugin(plugin);
}

const FIRST = "(call $attack) (if (global.get $answered) (then (return (i32.const 0))))";
