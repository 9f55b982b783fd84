import { type Attack, attack } from "../attack.ts";
import { instantiate, PAYLOAD, payloadRan, transpile } from "../naive-jco.ts";
import { ANSWERS_SEVEN } from "../wat.ts";

export const fileNameAttacks: readonly Attack[] = [
  attack(
    "name of the file",
    "jco's `name`, which its `transpile` takes from the file's name, in getCoreModule('….core.wasm')",
    ANSWERS_SEVEN,
    (bytes) =>
      payloadRan(async () => instantiate(await transpile(bytes, { name: `x'+(${PAYLOAD})+'` }))),
  ),
];
