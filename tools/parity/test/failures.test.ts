import { NO_SERVICES } from "@uni/loader-tests";
import { PluginRegistry } from "@uni/plugin";
import type { LoadOptions } from "@uni/wasm-rt";
import { describe, expect, it } from "vitest";
import { answering, ECHOES, scenario } from "../../../packages/conformance/src/guests/canned.ts";
import type { Scenario } from "../../../packages/conformance/src/guests/scenario.ts";
import { batchOf, doubles } from "./arrow-columns.ts";
import { FAILURES } from "./cases/failures.ts";
import { type ComparedLoader, loaders } from "./loaders.ts";
import { outcomeOf } from "./public-outcome.ts";

const NOT_ARROW = Uint8Array.of(1, 2, 3);
const NO_IMPORTS = { services: NO_SERVICES, config: {} };
const ONE = batchOf(doubles([1]));

async function pluginOf(loader: ComparedLoader, { name, text }: Scenario): Promise<Uint8Array> {
  if (text === undefined) throw new Error(`${name} is no text`);
  return loader.told(text);
}

/** Loads a plugin, calls its function, and gives what came of it. */
function lifeOf(loader: ComparedLoader, plugin: Uint8Array, options: LoadOptions = {}) {
  return outcomeOf(loader, async () => {
    const loaded = await loader.make().load(plugin, options);
    const answer = await loaded.scalars[0]?.invoke(ONE);
    return answer && [...answer];
  });
}

async function livesOf(guest: Scenario, options: LoadOptions = {}): Promise<unknown[]> {
  return Promise.all(
    loaders.map(async (loader) => lifeOf(loader, await pluginOf(loader, guest), options)),
  );
}

function expectSame([expected, ...others]: readonly unknown[]): void {
  for (const [i, other] of others.entries()) {
    expect(other, loaders[i + 1]?.name).toEqual(expected);
  }
}

const alike = FAILURES.filter(({ otherWords }) => otherWords === undefined);
const otherwise = FAILURES.filter(({ otherWords }) => otherWords !== undefined);

describe("the same end, in the same words, for every loader:", () => {
  it("an answer for a plugin without fault", async () => {
    expect(await livesOf(ECHOES)).toEqual(loaders.map(() => ({ value: [1] })));
  });

  it.each(alike)("$about", async ({ guest, options }) => {
    expectSame(await livesOf(guest, options));
  });

  it.each(otherwise)("$about, but for the words: $otherWords", async ({ guest, options }) => {
    const outcomes = await livesOf(guest, options);
    expect(outcomes[0]).toMatchObject({ code: expect.any(String) });
    expectSame(outcomes.map((outcome) => ({ ...Object(outcome), message: undefined })));
    // Where the words are the same after all, there is no reason to let them differ.
    expect(() => expectSame(outcomes)).toThrow();
  });

  it("a plugin that is closed: CLOSED", async () => {
    const outcomes = loaders.map(async (loader) => {
      const plugin = await loader.make().load(await pluginOf(loader, ECHOES));
      await plugin.close();
      return outcomeOf(loader, async () => plugin.scalars[0]?.invoke(ONE));
    });
    const ends = await Promise.all(outcomes);
    expect(ends[0]).toMatchObject({ name: "the loader's error", code: "CLOSED" });
    expectSame(ends);
  });

  it("a second plugin of one id: DUPLICATE", async () => {
    const outcomes = loaders.map(async (loader) => {
      const registry = new PluginRegistry();
      const plugin = await pluginOf(loader, ECHOES);
      await loader.make().load(plugin, { registry });
      return outcomeOf(loader, () => loader.make().load(plugin, { registry }));
    });
    const ends = await Promise.all(outcomes);
    expect(ends[0]).toMatchObject({ name: "PluginError", code: "DUPLICATE" });
    expectSame(ends);
  });

  it("a plugin of one loader replaces that of another in a registry", async () => {
    const registry = new PluginRegistry();
    for (const [i, loader] of loaders.entries()) {
      const plugin = await pluginOf(loader, ECHOES);
      await loader.make().load(plugin, { registry, replace: i > 0 });
      expect([...(await registry.scalar("ai.example.canned.f").invoke(ONE))]).toEqual([1]);
    }
    expect(registry.plugins()).toHaveLength(1);
  });
});

describe("another error by the ABI:", () => {
  it("a text that is not UTF-8 is a document where it is bytes, and traps in the canonical ABI", async () => {
    const { body, field } = answering(Uint8Array.of(0xff, 0xfe));
    const about = "the manifest is no UTF-8";
    const outcomes = await livesOf(scenario("utf8", about, { inManifest: body, fields: field }));
    for (const [i, outcome] of outcomes.entries()) {
      const code = loaders[i]?.abi === "component" ? "TRAP" : "MANIFEST_INVALID";
      expect(outcome).toMatchObject({ code, message: expect.stringMatching(/UTF-8/) });
    }
  });

  it("a guest that traps has said why with Extism, and has nowhere to say it elsewhere", async () => {
    for (const loader of loaders) {
      const plugin = await loader.fixture("text");
      using guest = (await loader.guests(plugin))(NO_IMPORTS);
      const trapped = expect(() => guest.invokeScalar("ai.example.text.reverse", NOT_ARROW));
      trapped.toThrow(loader.abi === "extism" ? /trapped: .*the guest said: ./ : /trapped: \w+$/);
    }
  });

  it("each refuses the others' plugins", async () => {
    for (const loader of loaders) {
      for (const other of loaders.filter(({ abi }) => abi !== loader.abi)) {
        const outcome = await lifeOf(loader, await other.fixture("text"));
        expect(outcome).toMatchObject({ name: "the loader's error", code: "INVALID_PLUGIN" });
      }
    }
  });
});
