import { readFileSync } from "node:fs";
import { CoreLoader } from "@uni/loader-core";
import { describe, expect, it } from "vitest";
import { expectCelsius } from "./celsius.ts";
import {
  COMPILED_PLUGINS,
  compile,
  hashOf,
  inputsOf,
  keptHashes,
  keptModule,
} from "./compiled-plugin.ts";
import { statedSize } from "./plugin-page.ts";

const HOW = "`pnpm --filter @uni/repo-checks record` builds it";

describe.each(COMPILED_PLUGINS)("$source of docs/writing-a-plugin.md", (plugin) => {
  const kept = new Uint8Array(readFileSync(keptModule(plugin)));

  it("is what the module was built of that is kept", () => {
    const hashes = JSON.parse(readFileSync(keptHashes(plugin), "utf8"));
    expect(hashes, HOW).toEqual({ inputs: inputsOf(plugin), wasm: hashOf(kept) });
  });

  it("is as large as the page says", () => {
    expect(statedSize(plugin.language)).toBe(`${Math.round(kept.length / 1000)} KB`);
  });

  it("converts, and keeps the contract, wherever it is compiled", {
    timeout: 300_000,
  }, async () => {
    await using loader = new CoreLoader();
    await expectCelsius(kept, loader);
    // Where there is no compiler, there is no module but the kept one.
    const compiled = compile(plugin);
    if (compiled !== undefined) await expectCelsius(new Uint8Array(compiled), loader);
  });
});
