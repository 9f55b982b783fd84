import { watName } from "@uni/fixtures";

import { assemble } from "./wat.ts";

/** The names inside of a component that a naive host writes into JavaScript. */
export interface CoreNames {
  /** The core function behind `invoke-scalar`. */
  readonly call: string;
  readonly memory: string;
  readonly realloc: string;
  readonly postReturn: string;
  /** The import that one core module has of another, and what it is there. */
  readonly importModule: string;
  readonly importField: string;
  readonly passedOn: string;
  /** An export that nothing refers to. */
  readonly unused: string;
}

const HARMLESS: CoreNames = {
  call: "invoke",
  memory: "memory",
  realloc: "realloc",
  postReturn: "post",
  importModule: "other",
  importField: "field",
  passedOn: "f",
  unused: "unused",
};

const FLOAT64 = { kind: "primitive", arrow: "float64" };
const MANIFEST = JSON.stringify({
  id: "ai.example.named",
  version: "1.0.0",
  capabilities: ["scalar-fn"],
});
const REGISTRATION = JSON.stringify({
  entries: [
    {
      kind: "scalar",
      qname: "ai.example.named.echo",
      signature: { args: [FLOAT64], returns: FLOAT64 },
    },
  ],
});

/** A plugin that works, whose function `ai.example.named.echo` gives what it gets. */
export function completePlugin(changes: Partial<CoreNames> = {}): Promise<Uint8Array> {
  const named = Object.entries({ ...HARMLESS, ...changes });
  const name = Object.fromEntries(named.map(([key, value]) => [key, watName(value)]));
  const document = (at: number, length: number) =>
    `(i32.store (i32.const 8) (i32.const ${at})) (i32.store (i32.const 12) (i32.const ${length}))
     (i32.const 8)`;
  return assemble(`(component
    (import "uni:plugin/types@0.1.0" (instance $types
      (type $r (record (field "code" u32) (field "message" string) (field "retryable" bool)))
      (export "fn-error" (type (eq $r)))))
    (alias export $types "fn-error" (type $error))
    (core module $a (func (export ${name.passedOn}) (export ${name.unused})))
    (core instance $ai (instantiate $a))
    (alias core export $ai ${name.passedOn} (core func $passed))
    (core module $b
      (import ${name.importModule} ${name.importField} (func $imported))
      (memory (export ${name.memory}) 2)
      (global $top (mut i32) (i32.const 65536))
      (data (i32.const 1024) ${watName(MANIFEST)})
      (data (i32.const 4096) ${watName(REGISTRATION)})
      (func (export ${name.realloc}) (param i32 i32 i32 i32) (result i32)
        (global.get $top)
        (global.set $top (i32.add (global.get $top) (local.get 3))))
      (func (export ${name.postReturn}) (param i32))
      (func (export "manifest") (result i32) ${document(1024, MANIFEST.length)})
      (func (export "register") (result i32) ${document(4096, REGISTRATION.length)})
      (func (export ${name.call}) (param i32 i32 i32 i32) (result i32)
        (call $imported)
        (i32.store8 (i32.const 16) (i32.const 0))
        (i32.store (i32.const 20) (local.get 2))
        (i32.store (i32.const 24) (local.get 3))
        (i32.const 16)))
    (core instance $bi (instantiate $b
      (with ${name.importModule} (instance (export ${name.importField} (func $passed))))))
    (alias core export $bi ${name.memory} (core memory $memory))
    (alias core export $bi ${name.realloc} (core func $realloc))
    (alias core export $bi ${name.postReturn} (core func $post))
    (alias core export $bi "manifest" (core func $manifest))
    (alias core export $bi "register" (core func $register))
    (alias core export $bi ${name.call} (core func $call))
    (func (export "manifest") (result string)
      (canon lift (core func $manifest) (memory $memory) (realloc $realloc)))
    (func (export "register") (result string)
      (canon lift (core func $register) (memory $memory) (realloc $realloc)))
    (func (export "invoke-scalar") (param "qname" string) (param "ipc-bytes" (list u8))
      (result (result (list u8) (error $error)))
      (canon lift (core func $call) (memory $memory) (realloc $realloc) (post-return $post))))`);
}
