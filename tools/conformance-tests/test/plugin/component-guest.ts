import { assembleWat, componentOf, watName } from "@uni/fixtures";

const WORLD = `package judged:plugin;
world judged {
  use uni:plugin/types@0.1.0.{fn-error};
  export manifest: func() -> string;
  export register: func() -> string;
  export invoke-scalar: func(qname: string, ipc-bytes: list<u8>) -> result<list<u8>, fn-error>;
}
package uni:plugin@0.1.0 {
  interface types { record fn-error { code: u32, message: string, retryable: bool } }
}`;

/**
 * A component whose scalar gives back its argument, but for streams of so many bytes: those it
 * refuses with the code 0, which the Extism ABI cannot say.
 */
export async function refusesWithCodeZero(
  documents: { readonly manifest: string; readonly register: string },
  bytes: number,
): Promise<Uint8Array> {
  const { manifest, register } = documents;
  const wat = `(module
    (memory (export "memory") 4)
    (data (i32.const 1024) ${watName(manifest)})
    (data (i32.const 8192) ${watName(register)})
    (data (i32.const 64) "no such code")
    (global $top (mut i32) (i32.const 65536))
    (func (export "cabi_realloc") (param i32 i32 i32) (param $size i32) (result i32)
      (local $start i32)
      (local.set $start (global.get $top))
      (global.set $top (i32.and
        (i32.add (i32.add (global.get $top) (local.get $size)) (i32.const 7)) (i32.const -8)))
      (local.get $start))
    (func $pair (param $at i32) (param $start i32) (param $length i32)
      (i32.store (local.get $at) (local.get $start))
      (i32.store offset=4 (local.get $at) (local.get $length)))
    (func (export "manifest") (result i32)
      (call $pair (i32.const 0) (i32.const 1024) (i32.const ${manifest.length})) (i32.const 0))
    (func (export "register") (result i32)
      (call $pair (i32.const 0) (i32.const 8192) (i32.const ${register.length})) (i32.const 0))
    (func (export "invoke-scalar") (param i32 i32) (param $at i32) (param $length i32) (result i32)
      (i32.store (i32.const 0) (i32.eq (local.get $length) (i32.const ${bytes})))
      (if (i32.load (i32.const 0))
        (then (call $pair (i32.const 8) (i32.const 64) (i32.const 12)))
        (else (call $pair (i32.const 4) (local.get $at) (local.get $length))))
      (i32.const 0)))`;
  return componentOf(await assembleWat(wat), WORLD, "judged");
}
