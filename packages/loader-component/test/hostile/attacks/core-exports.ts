import { watName } from "@uni/fixtures";
// Names of core exports. jco emits `exports0.x` for an identifier, else `exports0['x']` unescaped.
import { type Attack, attack } from "../attack.ts";
import { call, type Exports, instantiateNaively, PAYLOAD, payloadRan } from "../naive-jco.ts";

const EVIL = watName(`x']??(${PAYLOAD})??['`);
/** Free of single quotes and backslashes, so a rule that bans only those lets it through. */
const EVIL_IN_DOUBLE_QUOTES = watName(`";${PAYLOAD};//`);

const runs = (bytes: Uint8Array) => payloadRan(() => instantiateNaively(bytes));

function lifted(names: { memory?: string; realloc?: string; postReturn?: string; call?: string }) {
  const { memory = '"m"', realloc = '"r"', postReturn = '"p"', call = '"f"' } = names;
  return `(component
    (core module $m
      (memory (export ${memory}) 1)
      (func (export ${realloc}) (param i32 i32 i32 i32) (result i32) i32.const 0)
      (func (export ${postReturn}) (param i32))
      (func (export ${call}) (param i32 i32) (result i32) i32.const 0))
    (core instance $i (instantiate $m))
    (alias core export $i ${memory} (core memory $memory))
    (alias core export $i ${realloc} (core func $realloc))
    (alias core export $i ${postReturn} (core func $post))
    (alias core export $i ${call} (core func $f))
    (func (export "run") (param "a" string) (result string)
      (canon lift (core func $f) (memory $memory) (realloc $realloc) (post-return $post))))`;
}

function asyncCallback(name: string): string {
  return `(component
    (core module $m
      (func (export "f") (result i32) i32.const 0)
      (func (export ${name}) (param i32 i32 i32) (result i32) i32.const 0))
    (core instance $i (instantiate $m))
    (alias core export $i "f" (core func $f))
    (alias core export $i ${name} (core func $callback))
    (func $run async (canon lift (core func $f) async (callback $callback)))
    (export "run" (func $run)))`;
}

const DESTRUCTOR = `(component
  (core module $m (func (export ${EVIL}) (param i32)))
  (core instance $i (instantiate $m))
  (alias core export $i ${EVIL} (core func $drop))
  (type $r (resource (rep i32) (dtor (core func $drop))))
  (core func $new (canon resource.new $r))
  (core module $n
    (import "e" "new" (func $new (param i32) (result i32)))
    (func (export "f") (result i32) i32.const 3 call $new))
  (core instance $j (instantiate $n (with "e" (instance (export "new" (func $new))))))
  (alias core export $j "f" (core func $f))
  (func $make (result (own $r)) (canon lift (core func $f)))
  (component $shape
    (import "r" (type $r (sub resource)))
    (import "make" (func $make (result (own $r))))
    (export $e "r" (type $r))
    (export "make" (func $make) (func (result (own $e)))))
  (instance $shaped (instantiate $shape (with "r" (type $r)) (with "make" (func $make))))
  (export "ns:p/i" (instance $shaped)))`;

/** A core export handed to another core module under a name without guile. */
function passedOn(kind: string, definition: string, type: string): string {
  return `(component
    (core module $a (${definition.replace("NAME", EVIL)}))
    (core instance $i (instantiate $a))
    (core module $b (import "e" "x" (${type})))
    (core instance (instantiate $b
      (with "e" (instance (export "x" (${kind} $i ${EVIL})))))))`;
}

const MEMBER = "a core export's name in exports0['…'], ";
export const coreExportAttacks: readonly Attack[] = [
  attack("function export", `${MEMBER}as the lifted function`, lifted({ call: EVIL }), runs),
  attack("memory export", `${MEMBER}as canonical option`, lifted({ memory: EVIL }), runs),
  attack("realloc export", `${MEMBER}as canonical option`, lifted({ realloc: EVIL }), runs),
  attack("post-return export", `${MEMBER}as canonical option`, lifted({ postReturn: EVIL }), runs),
  attack("callback export", `${MEMBER}as canonical option`, asyncCallback(EVIL), runs),
  attack(
    "callback export without a single quote",
    "the callback's name a second time, in double quotes: callback_0.fnName = \"exports0['…']\"",
    asyncCallback(EVIL_IN_DOUBLE_QUOTES),
    runs,
  ),
  attack(
    "destructor export",
    `${MEMBER}as a resource's destructor, when the resource is disposed of or collected`,
    DESTRUCTOR,
    (bytes) =>
      payloadRan(async () => {
        const { i } = await instantiateNaively(bytes);
        // jco's instance and its class are untyped; both are as DESTRUCTOR declares them.
        const resource = call(i as Exports, "make") as Disposable;
        resource[Symbol.dispose]();
      }),
  ),
  ...[
    ["func", "func (export NAME)", "func"],
    ["memory", "memory (export NAME) 1", "memory 1"],
    ["table", "table (export NAME) 1 funcref", "table 1 funcref"],
    ["global", "global (export NAME) i32 i32.const 0", "global i32"],
  ].map(([kind = "", definition = "", type = ""]) =>
    attack(
      `${kind} passed on`,
      `${MEMBER}as an argument of another core module`,
      passedOn(kind, definition, type),
      runs,
    ),
  ),
];
