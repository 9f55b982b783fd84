import { batchOf } from "@uni/loader-tests";
import { UniError } from "@uni/plugin";
import { Utf8 } from "apache-arrow";
import { PrecompiledLoader } from "../../src/precompiled/index.ts";
import { ONE } from "../batch-of.ts";

const TEXT = batchOf([["pool"], new Utf8()]);
const TIMEOUT_MS = 3_000;
const loader = new PrecompiledLoader({
  isolation: "inline",
  limits: { timeoutMs: TIMEOUT_MS },
  logger: () => {},
});

/**
 * What becomes of bytes that may be hostile: the code of the error that they are refused with, or the
 * codes of what their functions end with, `ran` for an answer.
 *
 * @throws whatever is no error of this framework, and what the framework calls its own fault.
 */
export async function fateOf(bytes: Uint8Array): Promise<string> {
  const loaded = await loader.load(bytes).catch(codeOf);
  if (typeof loaded === "string") return loaded;
  const ends: string[] = [];
  for (const scalar of loaded.scalars) {
    const [first] = scalar.signature.args;
    const isText = first?.kind === "primitive" && first.arrow === "utf8";
    ends.push(await scalar.invoke(isText ? TEXT : ONE).then(() => "ran", codeOf));
  }
  await loaded.close();
  return `loaded: ${[...new Set(ends)].join(", ")}`;
}

function codeOf(error: unknown): string {
  if (!(error instanceof UniError)) throw error;
  if (error.code === "INTERNAL") throw error;
  return error.code;
}
