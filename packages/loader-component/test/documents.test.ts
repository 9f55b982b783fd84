import {
  type CannedComponentOptions,
  cannedComponent,
  type DocumentBehaviour,
} from "@uni/fixtures";
import { FLOAT64, registrationOf } from "@uni/loader-tests";
import { describe, expect, it } from "vitest";
import { cannedRefusal, manifestOf } from "./canned.ts";
import { loaderOf } from "./load.ts";

const ECHO = { "invoke-scalar": { kind: "echo" } } as const;

describe.concurrent("a manifest", () => {
  const cases: [string, CannedComponentOptions["manifest"], RegExp][] = [
    ["is not JSON", "id = geo", /expected the manifest to be JSON, got "id = geo"/],
    ["has an unknown field", manifestOf({ netwrok: true }), /Unrecognized key: "netwrok"/],
    ["has the field of Extism plugins", manifestOf({ "abi-extism": "^1" }), /"abi-extism".*"abi"/],
    ["has a bad ABI range", manifestOf({ abi: "one" }), /abi: expected a semver range/],
    ["has no id", manifestOf({ id: undefined }), /id: /],
    ["has a bad version", manifestOf({ version: "one" }), /version: expected a semantic version/],
    [
      "is enormous",
      { kind: "output", bytes: new Uint8Array(2 ** 20 + 1).fill(0x20) },
      /at most 1048576 bytes, got 1048577/,
    ],
  ];
  for (const [what, document, message] of cases) {
    it(`that ${what} is refused, and the message says so`, async () => {
      const error = await cannedRefusal({ manifest: document ?? null });
      expect(error.code).toBe("MANIFEST_INVALID");
      expect(error.message).toMatch(message);
    });
  }

  it("that wants another ABI is refused with both versions", async () => {
    const error = await cannedRefusal({ manifest: manifestOf({ abi: "^2" }) });
    expect(error.code).toBe("ABI_UNSUPPORTED");
    expect(error.message).toMatch(/ai\.example\.canned.*wants ABI \^2.*speaks ABI 1\.0\.0/);
  });

  it("may leave the ABI open", async () => {
    const bytes = await cannedComponent({ manifest: manifestOf({}) });
    expect((await loaderOf().load(bytes)).id).toBe("ai.example.canned");
  });

  it("can tighten the host's limits and not widen them", async () => {
    const load = async (changes: object) => {
      const bytes = await cannedComponent({ manifest: manifestOf(changes) });
      const limits = { timeoutMs: 5000, memoryPages: 64 };
      return (await loaderOf().load(bytes, { limits })).limits;
    };
    expect(await load({ timeout_ms: 1000, memory_max_pages: 8 })).toMatchObject({
      timeoutMs: 1000,
      memoryPages: 8,
    });
    expect(await load({ timeout_ms: 60_000, memory_max_pages: 999 })).toMatchObject({
      timeoutMs: 5000,
      memoryPages: 64,
    });
  });

  it("declares what is denied where the host does not grant it, or has nothing behind it", async () => {
    const capabilities = ["scalar-fn", "network", "secret"];
    const bytes = await cannedComponent({ manifest: manifestOf({ capabilities }) });
    const plugin = await loaderOf().load(bytes, { grants: ["scalar-fn", "network"] });
    expect(plugin.denied).toEqual(["network", "secret"]);
  });
});

describe.concurrent("a registration", () => {
  const signature = { args: [FLOAT64], returns: FLOAT64 };
  const entry = (changes: object) =>
    JSON.stringify({
      entries: [{ kind: "scalar", qname: "ai.example.canned.f", signature, ...changes }],
    });
  const cases: [string, string, RegExp][] = [
    ["is not JSON", "entries", /expected the registration of ai\.example\.canned to be JSON/],
    ["has an unknown field", '{"entries":[],"extra":1}', /Unrecognized key: "extra"/],
    [
      "has a qname in a foreign namespace",
      entry({ qname: "ai.other.f" }),
      /entries\[0\]\.qname: expected a name in the namespace ai\.example\.canned, got ai\.other\.f/,
    ],
    [
      "has an unknown type",
      registrationOf({ args: [{ kind: "primitive", arrow: "float65" }], returns: FLOAT64 }),
      /entries\[0\]\.signature\.args\[0\]\.arrow/,
    ],
    ["has an unknown kind", entry({ kind: "window" }), /entries\[0\]\.kind/],
  ];
  for (const [what, register, message] of cases) {
    it(`that ${what} is refused, and the message says so`, async () => {
      const error = await cannedRefusal({ register, functions: ECHO });
      expect(error.code).toBe("MANIFEST_INVALID");
      expect(error.message).toMatch(message);
    });
  }

  it("of a scalar function wants scalar-fn from both sides", async () => {
    const guest = { register: registrationOf(), functions: ECHO };
    const undeclared = { ...guest, manifest: manifestOf({ capabilities: [] }) };
    for (const error of [
      await cannedRefusal(undeclared),
      await cannedRefusal(guest, { grants: [] }),
    ]) {
      expect(error.code).toBe("CAPABILITY_DENIED");
      expect(error.message).toMatch(/ai\.example\.canned\.f.*"scalar-fn"/);
    }
  });
});

describe.concurrent("a document that the guest does not give", () => {
  const text = Uint8Array.of(0x7b, 0xff, 0x7d);
  const cases: [string, DocumentBehaviour, string, RegExp][] = [
    ["traps", { kind: "trap" }, "TRAP", /trapped: unreachable$/],
    ["loops", { kind: "loop" }, "TIMEOUT", /within 300 ms/],
    ["overflows the stack", { kind: "recurse" }, "TRAP", /stack overflow/],
    ["is not UTF-8", { kind: "output", bytes: text }, "TRAP", /is not UTF-8/],
    ["lies outside of memory", { kind: "range", start: 65_000, length: 99_999 }, "TRAP", /outside/],
    ["has no address", { kind: "address", address: -4 }, "TRAP", /outside/],
    ["is misaligned", { kind: "misaligned" }, "TRAP", /not aligned/],
    [
      "is beyond all limits",
      { kind: "range", start: 0, length: 2 ** 25 },
      "RESOURCE_LIMIT",
      /a string of 33554432 bytes/,
    ],
  ];
  for (const [what, behaviour, code, message] of cases) {
    // Both are read in one way: of the registration a sample will do.
    const documents = ["trap", "loop"].includes(behaviour.kind)
      ? (["manifest", "register"] as const)
      : (["manifest"] as const);
    for (const document of documents) {
      it(`ends the load: ${document} ${what}`, async () => {
        const options = behaviour.kind === "loop" ? { limits: { timeoutMs: 300 } } : {};
        const error = await cannedRefusal({ [document]: behaviour }, options);
        expect(error.code).toBe(code);
        expect(error.message).toMatch(message);
        expect(error.message).toContain(document);
      });
    }
  }
});
