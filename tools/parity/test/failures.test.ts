import { NO_SERVICES } from "@uni/loader-tests";
import { PluginRegistry } from "@uni/plugin";
import type { LoadOptions } from "@uni/wasm-rt";
import { describe, expect, it } from "vitest";
import { batchOf, doubles } from "./arrow-columns.ts";
import { FAILURES, type Failure, SAME_CODE, TIMEOUT_MS } from "./cases/failures.ts";
import { type ComparedLoader, loaders } from "./loaders.ts";
import { outcomeOf } from "./public-outcome.ts";

const NOT_ARROW = Uint8Array.of(1, 2, 3);
const NO_IMPORTS = { services: NO_SERVICES, config: {} };
const ONE = batchOf(doubles([1]));

/** Loads a plugin, calls its function, and gives what came of it. */
function lifeOf(loader: ComparedLoader, plugin: Uint8Array, options: LoadOptions = {}) {
  return outcomeOf(loader, async () => {
    const loaded = await loader.make().load(plugin, options);
    const answer = await loaded.scalars[0]?.invoke(ONE);
    return answer && [...answer];
  });
}

async function outcomesOf({ told = {}, options, code }: Partial<Failure>) {
  const limits = code === "TIMEOUT" ? { limits: { timeoutMs: TIMEOUT_MS } } : {};
  return Promise.all(
    loaders.map(async (loader) =>
      lifeOf(loader, await loader.canned(told), { ...limits, ...options }),
    ),
  );
}

describe("the same error, with the same code, for every loader:", () => {
  it("and none for a plugin without fault", async () => {
    expect(await outcomesOf({})).toEqual(loaders.map(() => ({ value: [1] })));
  });

  it.each(FAILURES)("$title: $code", async (failure) => {
    const [expected, ...others] = await outcomesOf(failure);
    expect(expected).toMatchObject({ code: failure.code });
    for (const [i, other] of others.entries()) {
      expect(other, loaders[i + 1]?.name).toEqual(expected);
    }
  });

  it.each(SAME_CODE)("$title: $code", async (failure) => {
    const { code } = failure;
    for (const outcome of await outcomesOf(failure)) expect(outcome).toMatchObject({ code });
  });

  it("a plugin that is closed: CLOSED", async () => {
    for (const loader of loaders) {
      const plugin = await loader.make().load(await loader.canned({}));
      await plugin.close();
      const outcome = await outcomeOf(loader, async () => plugin.scalars[0]?.invoke(ONE));
      expect(outcome).toMatchObject({ name: "the loader's error", code: "CLOSED" });
    }
  });

  it("a second plugin of one id: DUPLICATE", async () => {
    for (const loader of loaders) {
      const registry = new PluginRegistry();
      const plugin = await loader.canned({});
      await loader.make().load(plugin, { registry });
      const outcome = await outcomeOf(loader, () => loader.make().load(plugin, { registry }));
      expect(outcome).toMatchObject({ name: "PluginError", code: "DUPLICATE" });
    }
  });

  it("a plugin of one loader replaces that of another in a registry", async () => {
    const registry = new PluginRegistry();
    for (const [i, loader] of loaders.entries()) {
      const plugin = await loader.canned({});
      await loader.make().load(plugin, { registry, replace: i > 0 });
      expect([...(await registry.scalar("ai.example.canned.f").invoke(ONE))]).toEqual([1]);
    }
    expect(registry.plugins()).toHaveLength(1);
  });
});

describe("another error by the ABI:", () => {
  const byAbi = async (failure: Partial<Failure>) => {
    const outcomes = await outcomesOf(failure);
    return loaders.map(({ abi }, i) => [abi, outcomes[i]] as const);
  };

  it("a text that is not UTF-8 is a document of Extism, and traps in the canonical ABI", async () => {
    const manifest = { kind: "answer", bytes: Uint8Array.of(0xff, 0xfe) } as const;
    for (const [abi, outcome] of await byAbi({ told: { documents: { manifest } } })) {
      const code = abi === "extism" ? "MANIFEST_INVALID" : "TRAP";
      expect(outcome).toMatchObject({ code, message: expect.stringMatching(/UTF-8/) });
    }
  });

  it("a guest that traps has said why with Extism, and has nowhere to say it in a component", async () => {
    for (const loader of loaders) {
      const plugin = await loader.fixture("text");
      using guest = (await loader.guests(plugin))(NO_IMPORTS);
      const trapped = expect(() => guest.invokeScalar("ai.example.text.reverse", NOT_ARROW));
      trapped.toThrow(loader.abi === "extism" ? /trapped: .*the guest said: ./ : /trapped: \w+$/);
    }
  });

  it("each refuses the other's plugins, and names the loader that takes them", async () => {
    for (const loader of loaders) {
      for (const other of loaders.filter(({ abi }) => abi !== loader.abi)) {
        const outcome = await lifeOf(loader, await other.fixture("text"));
        expect(outcome).toMatchObject({ name: "the loader's error", code: "INVALID_PLUGIN" });
      }
    }
  });
});
