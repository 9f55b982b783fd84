// The custom section `package-docs`, whose JSON jco reads in any component.
import { componentWit } from "@bytecodealliance/jco-transpile/wasm-tools";
import { type Attack, attack } from "../attack.ts";
import { PAYLOAD, transpile } from "../naive-jco.ts";
import { ANSWERS_SEVEN, assemble, withCustomSection } from "../wat.ts";

const VERSION_1 = "\u0001";

async function documented(run: unknown): Promise<Uint8Array> {
  const docs = JSON.stringify({ worlds: { root: { func_exports: { run } } } });
  return withCustomSection(await assemble(ANSWERS_SEVEN), "package-docs", VERSION_1 + docs);
}

const FORGED = "export invoke-scalar: func(qname: string) -> string;";

export const docsSectionAttacks: readonly Attack[] = [
  attack(
    "docs that end their comment",
    "a function's docs in /** … */ of the .d.ts files, where */ is not escaped",
    () => documented({ docs: `*/ [${PAYLOAD}]: 1; /*` }),
    async (bytes) => {
      const { files } = await transpile(bytes, { emitTypescriptDeclarations: true });
      const types = new TextDecoder().decode(files["component.d.ts"]);
      return types.replace(/\/\*.*?\*\//gs, "").includes(PAYLOAD);
    },
  ),
  attack(
    "feature that forges an export",
    "a stability feature in @unstable(feature = …) of componentWit's text, unescaped, so a host " +
      "that compares the WIT as text sees an export that does not exist",
    () =>
      documented({ stability: { unstable: { feature: `x) ${FORGED} @unstable(feature = y` } } }),
    async (bytes) => (await componentWit(bytes)).includes(`@unstable(feature = x) ${FORGED}`),
  ),
];
