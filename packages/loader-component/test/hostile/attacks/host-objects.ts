// Names of component imports and exports, all kebab case, that meet the host's own objects.
import { type Attack, attack } from "../attack.ts";
import { call, type Imports, instantiateNaively } from "../naive-jco.ts";
import { ANSWERS_SEVEN } from "../wat.ts";

/** A component whose `run` calls one imported function without arguments. */
function calls(instance: string, name: string, result: "" | "(result bool)" = ""): string {
  const core = result && "(result i32)";
  return `(component
    (import "${instance}" (instance $host (export "${name}" (func ${result}))))
    (alias export $host "${name}" (func $f))
    (core func $lowered (canon lower (func $f)))
    (core module $m
      (import "e" "f" (func $f ${core}))
      (func (export "run") ${core} call $f))
    (core instance $i (instantiate $m (with "e" (instance (export "f" (func $lowered))))))
    (alias core export $i "run" (core func $run))
    (func (export "run") ${result} (canon lift (core func $run))))`;
}

/** A component whose `run` passes a list to the imported `read`, whatever that was meant to take. */
const LIST_FOR_STRING = `(component
  (import "t:files/files@1.0.0" (instance $host
    (export "read" (func (param "path" (list string)) (result bool)))))
  (alias export $host "read" (func $f))
  (core module $mem (memory (export "m") 1) (data (i32.const 0) "\\08\\00\\00\\00\\06\\00\\00\\00secret"))
  (core instance $mi (instantiate $mem))
  (alias core export $mi "m" (core memory $memory))
  (core func $lowered (canon lower (func $f) (memory $memory)))
  (core module $m
    (import "e" "f" (func $f (param i32 i32) (result i32)))
    (func (export "run") (result i32) i32.const 0 i32.const 1 call $f))
  (core instance $i (instantiate $m (with "e" (instance (export "f" (func $lowered))))))
  (alias core export $i "run" (core func $run))
  (func (export "run") (result bool) (canon lift (core func $run))))`;

async function answerOf(bytes: Uint8Array, imports: Imports): Promise<unknown> {
  return call(await instantiateNaively(bytes, imports), "run");
}

export const hostObjectAttacks: readonly Attack[] = [
  attack(
    "import from Object.prototype",
    "the instance `constructor`, granted by nobody, as imports.constructor: it is Object, and its " +
      "functions answer",
    calls("constructor", "is", "(result bool)"),
    async (bytes) => (await answerOf(bytes, {})) === true,
  ),
  attack(
    "Function constructor",
    "`constructor` of `constructor` is Function: the guest calls the host's compiler, ungranted",
    calls("constructor", "constructor"),
    async (bytes) => {
      await answerOf(bytes, {});
      return true;
    },
  ),
  attack(
    "inherited member of a grant",
    "a function name as a property of the granted object, inherited ones too: `to-string`",
    calls("t:log/log", "to-string"),
    async (bytes) => {
      await answerOf(bytes, { "t:log/log": { log() {} } });
      return true;
    },
  ),
  attack(
    "another version of a grant",
    "the version of an interface is cut off: imports['t:log/log'] serves 9.9.9 as well",
    calls("t:log/log@9.9.9", "log", "(result bool)"),
    async (bytes) => (await answerOf(bytes, { "t:log/log": { log: () => true } })) === true,
  ),
  attack(
    "another signature of a grant",
    "nothing compares types: the host function is passed what the guest's import says, so a check " +
      "written for a string is passed an array",
    LIST_FOR_STRING,
    async (bytes) => {
      const read = (path: string) => {
        if (path.includes("/") || path.startsWith?.("secret")) throw new Error("not allowed");
        return `./${path}` === "./secret";
      };
      return (await answerOf(bytes, { "t:files/files": { read } })) === true;
    },
  ),
  attack(
    "export named then",
    "exports are plain properties, so an export `then` makes the instance a thenable: `await` calls " +
      "the guest and never returns",
    ANSWERS_SEVEN.replace('"run"', '"then"'),
    async (bytes) => {
      const never = new Promise((resolve) => setTimeout(resolve, 200, "still waiting"));
      return (await Promise.race([instantiateNaively(bytes), never])) === "still waiting";
    },
  ),
];
