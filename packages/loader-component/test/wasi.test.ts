import type { LogRecord } from "@uni/wasm-rt";
import { describe, expect, it, onTestFinished } from "vitest";
import { ONE } from "./batch-of.ts";
import { loadBuilt, loaderOf, refusal } from "./load.ts";
import { loadWat, type WatPlugin, watPlugin } from "./wat-plugin.ts";

const CLI = (version: string) => `package wasi:cli@${version} {
  interface environment {
    get-environment: func() -> list<tuple<string, string>>;
    get-arguments: func() -> list<string>;
    initial-cwd: func() -> option<string>;
  }
  interface exit { exit: func(status: result); exit-with-code: func(status-code: u8); }
  interface stdout {
    use wasi:io/streams@${version}.{output-stream};
    get-stdout: func() -> output-stream;
  }
}
package wasi:io@${version} {
  interface error { resource error; }
  interface streams {
    use error.{error};
    variant stream-error { last-operation-failed(error), closed }
    resource output-stream {
      blocking-write-and-flush: func(contents: list<u8>) -> result<_, stream-error>;
    }
  }
}
package wasi:filesystem@${version} {
  interface types { resource descriptor; }
  interface preopens {
    use types.{descriptor};
    get-directories: func() -> list<tuple<descriptor, string>>;
  }
}`;

/** A guest that imports functions of WASI as `$name`, of core types. */
function importing(
  functions: Readonly<Record<string, string>>,
  rest: Omit<WatPlugin, "world" | "packages" | "imports">,
  version = "0.2.0",
): WatPlugin {
  const split = Object.entries(functions).map(([name, type]) => {
    const [from = "", local = ""] = name.split("#");
    return { from: `${from}@${version}`, local, type };
  });
  return {
    world: [...new Set(split.map(({ from }) => `import ${from};`))].join("\n"),
    packages: CLI(version),
    imports: split
      .map(({ from, local, type }) => {
        const id = local.replace(/^.*\./, "");
        return `(import "${from}" "${local}" (func $${id} ${type}))`;
      })
      .join("\n"),
    ...rest,
  };
}

/** Sets a variable of the host's environment until the test ends. */
function setVariable(name: string, value: string): void {
  process.env[name] = value;
  onTestFinished(() => {
    delete process.env[name];
  });
}

describe("what a guest prints", () => {
  it("reaches the logger, by console.log of JavaScript", async () => {
    const records: LogRecord[] = [];
    const loader = loaderOf({ logger: (record) => records.push(record) });
    const { scalar } = await loadBuilt("javascript", {}, loader);
    expect([...(await scalar("say").invoke(ONE))]).toEqual([1]);
    expect(records.every(({ pluginId }) => pluginId === "ai.example.javascript")).toBe(true);
    expect(records.every(({ level }) => level === "info")).toBe(true);
    expect(records.map(({ message }) => message).join("")).toBe("grüezi from JavaScript\n");
  });

  const PRINTING = {
    "wasi:cli/stdout#get-stdout": "(result i32)",
    "wasi:io/streams#[method]output-stream.blocking-write-and-flush": "(param i32 i32 i32 i32)",
  };
  const write =
    "(call $blocking-write-and-flush (call $get-stdout) (i32.const 1024) (i32.const 3) (i32.const 2048))";
  /** Two of the three bytes of a character. */
  const fields = '(data (i32.const 1024) "a\\e2\\82")';

  it("is no part of what another guest prints, half a character included", async () => {
    const messages: string[] = [];
    const { scalar } = await loadWat(
      importing(PRINTING, { fields, body: `${write} (i32.const 0)` }),
      {},
      { logger: ({ message }) => messages.push(message) },
    );
    for (let i = 0; i < 2; i++) await scalar.invoke(ONE);
    expect(messages.join("|")).toBe("a|\ufffd|a|\ufffd");
  });

  it("ends the call where the logger fails, whatever the guest catches", async () => {
    const logger = () => {
      throw new Error("disk full");
    };
    const body = `(try (do ${write}) (catch_all)) (i32.const 0)`;
    const { scalar } = await loadWat(importing(PRINTING, { fields, body }), {}, { logger });
    await expect(scalar.invoke(ONE)).rejects.toMatchObject({
      code: "INTERNAL",
      message: "the host's logger failed: disk full",
    });
  });

  it("is not heard while the manifest is read", async () => {
    const messages: string[] = [];
    const logger = ({ message }: LogRecord) => messages.push(message);
    const guest = importing(PRINTING, { fields, inManifest: write, body: "(i32.const 0)" });
    await loadWat(guest, {}, { logger });
    expect(messages).toEqual([]);
  });
});

describe("exit", () => {
  const guests: [string, string, string][] = [
    ["exit#exit", "(call $exit (i32.const 0))", "exit(0): a plugin cannot end its host"],
    ["exit#exit", "(call $exit (i32.const 1))", "exit(1): a plugin cannot end its host"],
    ["exit#exit-with-code", "(call $exit-with-code (i32.const 77))", "exit(77)"],
  ];
  for (const [name, call, message] of guests) {
    it(`is a trap that no guest catches, and the host lives: ${call}`, async () => {
      const guest = importing(
        { [`wasi:cli/${name}`]: "(param i32)" },
        { body: `(try (do ${call}) (catch_all)) (i32.const 0)` },
        "0.2.3",
      );
      const { plugin, scalar } = await loadWat(guest);
      await expect(scalar.invoke(ONE)).rejects.toMatchObject({
        name: "ComponentError",
        code: "TRAP",
        message: expect.stringContaining(message),
      });
      expect(plugin.pool.metrics.live).toBe(0);
      expect(process.exitCode).toBeUndefined();
    });
  }

  it("while the manifest is read ends the load", async () => {
    const guest = importing(
      { "wasi:cli/exit#exit": "(param i32)" },
      { inManifest: "(call $exit (i32.const 0))", body: "(i32.const 0)" },
    );
    expect(await refusal(await watPlugin(guest))).toMatchObject({ code: "TRAP" });
  });
});

describe("what a guest can know of its host", () => {
  it("is nothing: no environment, arguments, folder or files", async () => {
    setVariable("CANARY", "of-the-host");
    const guest = importing(
      {
        "wasi:cli/environment#get-environment": "(param i32)",
        "wasi:cli/environment#get-arguments": "(param i32)",
        "wasi:cli/environment#initial-cwd": "(param i32)",
        "wasi:filesystem/preopens#get-directories": "(param i32)",
      },
      {
        // What is there before must be overwritten.
        fields: `(data (i32.const 1024) "${"\\7f".repeat(48)}")`,
        body: `(call $get-environment (i32.const 1024))
          (call $get-arguments (i32.const 1032))
          (call $get-directories (i32.const 1040))
          (call $initial-cwd (i32.const 1048))
          (i32.add (i32.const 100) (i32.add
            (i32.add (i32.load (i32.const 1028)) (i32.load (i32.const 1036)))
            (i32.add (i32.load (i32.const 1044)) (i32.load8_u (i32.const 1048)))))`,
      },
    );
    const { scalar } = await loadWat(guest);
    await expect(scalar.invoke(ONE)).rejects.toMatchObject({ name: "FnError", fnCode: 100 });
  });

  it("does not come through WASI of another release of 0.2", async () => {
    setVariable("CANARY", "of-the-host");
    const guest = importing(
      { "wasi:cli/environment#get-environment": "(param i32)" },
      {
        body: `(call $get-environment (i32.const 1024))
          (i32.add (i32.const 100) (i32.load (i32.const 1028)))`,
      },
      "0.2.8",
    );
    const { scalar } = await loadWat(guest);
    await expect(scalar.invoke(ONE)).rejects.toMatchObject({ fnCode: 100 });
  });
});

describe("wasi:http", () => {
  const guest = (body: string): WatPlugin => ({
    world: "import wasi:http/outgoing-handler@0.2.0;",
    packages: `package wasi:http@0.2.0 {
      interface types { resource outgoing-request; resource future-response; }
      interface outgoing-handler {
        use types.{outgoing-request, future-response};
        handle: func(request: outgoing-request) -> future-response;
      }
    }`,
    imports:
      '(import "wasi:http/outgoing-handler@0.2.0" "handle" (func $handle (param i32) (result i32)))',
    body,
  });

  it("may be imported, and is denied where it is called, also to a guest that catches it", async () => {
    const { scalar: silent } = await loadWat(guest("(i32.const 0)"));
    expect([...(await silent.invoke(ONE))]).toEqual([1]);
    const call = "(drop (call $handle (i32.const 1)))";
    for (const body of [call, `(try (do ${call}) (catch_all))`]) {
      const { plugin, scalar } = await loadWat(guest(`${body} (i32.const 0)`));
      await expect(scalar.invoke(ONE)).rejects.toMatchObject({
        name: "ComponentError",
        code: "CAPABILITY_DENIED",
        message: expect.stringContaining(
          "wasi:http/outgoing-handler@0.2.0#handle is not provided to plugins",
        ),
      });
      expect(plugin.pool.metrics.live).toBe(0);
    }
  });
});
