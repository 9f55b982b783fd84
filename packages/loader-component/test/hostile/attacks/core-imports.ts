import { watName } from "@uni/fixtures";
// Names of core imports. jco emits an object literal: 'module': { 'field': …, }, unescaped.
import { type Attack, attack } from "../attack.ts";
import { instantiateNaively, PAYLOAD, payloadRan } from "../naive-jco.ts";

const runs = (bytes: Uint8Array) => payloadRan(() => instantiateNaively(bytes));

/** A core module whose one import is satisfied by another's one export. */
function imports(module: string, field: string, exported = "f"): string {
  return `(component
    (core module $a (func (export ${watName(exported)})))
    (core instance $i (instantiate $a))
    (alias core export $i ${watName(exported)} (core func $f))
    (core module $b (import ${watName(module)} ${watName(field)} (func)))
    (core instance (instantiate $b
      (with ${watName(module)} (instance (export ${watName(field)} (func $f)))))))`;
}

const KEY = `x': 0, y: (${PAYLOAD}), 'z`;
export const coreImportAttacks: readonly Attack[] = [
  attack("module of an import", "the module name as '…': {", imports(KEY, "f"), runs),
  attack("field of an import", "the field name as '…': Object.assign(", imports("e", KEY), runs),
  attack(
    "names without a quote",
    "a field that ends in a backslash escapes its own closing quote, so 'a\\': f(exports0[' is a " +
      "string and the export's name after it is code",
    imports("e", "a\\", `: (${PAYLOAD}), //`),
    runs,
  ),
];
