import { type Behaviour, cannedExtismGuest } from "@uni/fixtures";
import { encodeBatch } from "@uni/wasm-rt";
import { describe, expect, it } from "vitest";
import { ExtismSdkLoader } from "../../src/sdk/index.ts";
import { bothCanned, ONE_ROW, REGISTRATION } from "./two-canned.ts";

describe("a function that", () => {
  const cases: [string, Behaviour, object][] = [
    ["echoes", { kind: "echo" }, { value: [1.5] }],
    [
      "fails with a message",
      { kind: "fail", status: 300, message: "latitude über 90" },
      { name: "FnError", message: "latitude über 90", fnCode: 300 },
    ],
    [
      "fails without a message",
      { kind: "fail", status: 7 },
      {
        name: "FnError",
        message: "invoke_ai_example_canned_f failed with code 7 and set no error message",
      },
    ],
    ["fails with a negative status", { kind: "fail", status: -1 }, { fnCode: 0xffffffff }],
    ["sets an error and returns 0", { kind: "fail", status: 0, message: "odd" }, { code: "IPC" }],
    [
      "fails after a good answer",
      { kind: "output", bytes: encodeBatch(ONE_ROW), status: 2 },
      { name: "FnError", fnCode: 2 },
    ],
    ["answers with no bytes", { kind: "output", bytes: new Uint8Array() }, { code: "IPC" }],
    [
      "answers with what is not Arrow",
      { kind: "output", bytes: Uint8Array.of(1) },
      { code: "IPC" },
    ],
    ["traps", { kind: "trap" }, { code: "TRAP" }],
    [
      "traps with a message",
      { kind: "trap", message: "index out of range" },
      {
        code: "TRAP",
        message:
          "invoke_ai_example_canned_f trapped: unreachable; the guest said: index out of range",
      },
    ],
    ["overflows its stack", { kind: "recurse" }, { code: "TRAP" }],
    [
      "loops",
      { kind: "loop" },
      {
        code: "TIMEOUT",
        message: "ai.example.canned.f did not finish within 300 ms; its guest was ended",
      },
    ],
  ];
  it.each(cases)(
    "%s does so in the same words on both engines",
    async (_what, behaviour, expected) => {
      const { own, sdk } = await bothCanned({}, behaviour);
      expect(own).toMatchObject(expected);
      expect(sdk).toEqual(own);
    },
  );

  // What a block is, is each engine's own matter, and so are the words about it.
  it.each<[string, Behaviour, string]>([
    ["reads past its input", { kind: "readPastInput" }, "TRAP"],
    [
      "allocates one block over the limit",
      { kind: "allocate", count: 1, bytes: 2 ** 29 + 8 },
      "RESOURCE_LIMIT",
    ],
    [
      "allocates blocks over the limit together",
      { kind: "allocate", count: 3, bytes: 2 ** 28 },
      "RESOURCE_LIMIT",
    ],
  ])("%s is refused with the same code on both engines", async (_what, behaviour, code) => {
    const { own, sdk } = await bothCanned({}, behaviour);
    expect([own, sdk]).toMatchObject([{ code }, { code }]);
  });

  it("allocates more blocks than the SDK can address is told so", async () => {
    const behaviour = { kind: "allocateAndFree", count: 32_768, bytes: 1 } as const;
    const bytes = await cannedExtismGuest({
      register: REGISTRATION,
      functions: { invoke_ai_example_canned_f: behaviour },
    });
    const plugin = await new ExtismSdkLoader().load(bytes);
    await expect(plugin.scalars[0]?.invoke(ONE_ROW)).rejects.toMatchObject({
      code: "RESOURCE_LIMIT",
      message: "invoke_ai_example_canned_f: more than 32767 blocks are allocated in one call",
    });
  });

  it("allocates more than the memory it may take is refused", async () => {
    const behaviour = { kind: "allocate", count: 1, bytes: 2 ** 24 } as const;
    const bytes = await cannedExtismGuest({
      register: REGISTRATION,
      functions: { invoke_ai_example_canned_f: behaviour },
    });
    const limits = { memoryPages: 255 };
    const plugin = await new ExtismSdkLoader().load(bytes, { limits });
    await expect(plugin.scalars[0]?.invoke(ONE_ROW)).rejects.toMatchObject({
      code: "RESOURCE_LIMIT",
      message: expect.stringContaining("over the limit of 16711680 bytes in all blocks"),
    });
  });
});
