import { setTimeout as pause } from "node:timers/promises";
import { readFixture } from "@uni/fixtures";
import { ExtismLoader } from "@uni/loader-extism";
import { PluginRegistry } from "@uni/plugin";
import { Float64, makeData, Vector } from "apache-arrow";
import { describe, expect, it, vi } from "vitest";
import { attach } from "../src/index.ts";
import { attachedTo, closing, connect, failureOf, openInstance, rowsOf } from "./database.ts";
import { firstColumn, plugin, primitive, scalar } from "./host-plugin.ts";

const double = primitive("float64");
const integer = primitive("int32");

/** Gives `value` for every row. */
function constant(name: string, value: number, args = [double]) {
  return scalar(name, args, double, (batch) => {
    const values = firstColumn(batch).toArray();
    return vectorOf(Array.from(values, () => value));
  });
}

function vectorOf(values: number[]) {
  return new Vector([
    makeData({ type: new Float64(), length: values.length, data: Float64Array.from(values) }),
  ]);
}

const version = (n: number, args = [double]) =>
  plugin("ai.a", { scalars: [constant("ai.a.f", n, args)] }, `${n}.0.0`);

describe("a plugin that comes after attach()", () => {
  it("appears, is replaced and disappears", async () => {
    const { registry, rows, failure, attached } = await attachedTo();
    expect(await failure("SELECT ai_a_f(0)")).toContain(
      "Scalar Function with name ai_a_f does not exist",
    );
    registry.register(version(1));
    expect(await rows("SELECT ai_a_f(0)")).toEqual([[1]]);
    registry.replace(version(2));
    expect(await rows("SELECT ai_a_f(0)")).toEqual([[2]]);
    registry.remove("ai.a");
    expect(attached.functions).toEqual([]);
    expect(await failure("SELECT ai_a_f(0)")).toContain(
      "no plugin that is attached to this connection has ai_a_f",
    );
    registry.register(version(3));
    expect(await rows("SELECT ai_a_f(0)")).toEqual([[3]]);
  });

  it("may have other arguments than the version before", async () => {
    const { registry, rows, failure } = await attachedTo([version(1, [integer])]);
    expect(await rows("SELECT ai_a_f(0)")).toEqual([[1]]);
    registry.replace(version(2, [double]));
    expect(await rows("SELECT ai_a_f(0.5)")).toEqual([[2]]);
    expect(await failure("SELECT ai_a_f(0::INTEGER)")).toContain(
      "ai.a.f of plugin ai.a 2.0.0 takes (DOUBLE), no longer (INTEGER); cast the arguments",
    );
  });

  it("leaves prepared statements with the version that they were bound to", async () => {
    const { registry, connection, rows } = await attachedTo([version(1)]);
    const prepared = await connection.prepare("SELECT ai_a_f(i) FROM range(3) r(i)");
    registry.replace(version(2));
    expect((await prepared.runAndReadAll()).getRowsJson()).toEqual([[1], [1], [1]]);
    expect(await rows("SELECT ai_a_f(i) FROM range(1) r(i)")).toEqual([[2]]);
  });

  it("is refused by the registry where SQL could not have it, and nothing changes", async () => {
    const { registry, rows } = await attachedTo([version(1)]);
    const taking = plugin("ai.b", { scalars: [constant("ai.b.c_f", 8)] });
    registry.register(taking);
    const colliding = plugin("ai.b.c", {
      scalars: [constant("ai.b.c.g", 9), constant("ai.b.c.f", 9)],
    });
    expect(() => registry.register(colliding)).toThrow(
      "ai.b.c.f and ai.b.c_f are both ai_b_c_f in SQL",
    );
    expect(registry.plugins().map(({ id }) => id)).toEqual(["ai.a", "ai.b"]);
    expect(await rows("SELECT ai_a_f(0), ai_b_c_f(0)")).toEqual([[1, 8]]);
  });

  it("appears although the connection is in a transaction that is rolled back", async () => {
    const { registry, connection, rows } = await attachedTo();
    await connection.run("BEGIN");
    registry.register(version(1));
    await connection.run("ROLLBACK");
    expect(await rows("SELECT ai_a_f(0)")).toEqual([[1]]);
  });

  it("does not end a result that is being streamed", async () => {
    const { registry, connection } = await attachedTo([version(1)]);
    const stream = await connection.stream("SELECT ai_a_f(i) FROM range(100000) r(i)");
    await stream.fetchChunk();
    registry.register(plugin("ai.b", { scalars: [constant("ai.b.g", 5)] }));
    let rows = 2048;
    for (;;) {
      const chunk = await stream.fetchChunk();
      if (chunk === null || chunk.rowCount === 0) break;
      rows += chunk.rowCount;
    }
    expect(rows).toBe(100_000);
  });

  it("is announced where SQL cannot have it before the next attach()", async () => {
    const instance = await openInstance();
    const connection = await connect(instance);
    const registry = new PluginRegistry();
    registry.register(version(1));
    const attached = await attach(connection, registry);
    const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    closing(() => warn.mockRestore());
    registry.replace(version(2));
    expect(await rowsOf(connection, "SELECT ai_a_f(0)")).toEqual([[2]]);
    expect(warn).not.toHaveBeenCalled();
    registry.register(plugin("ai.b", { scalars: [constant("ai.b.g", 5)] }));
    expect(warn).toHaveBeenCalledWith(
      "SQL does not have ai_b_g, which came after attach(); pass attach() the option instance, or attach again",
      { code: "UNI_DUCKDB_NOT_ATTACHED" },
    );
    await attached.detach();
    await attach(connection, registry);
    expect(await rowsOf(connection, "SELECT ai_b_g(0)")).toEqual([[5]]);
  });
});

describe("a hundred loads and removals under queries", () => {
  it("disturb no query of another plugin, and every query sees one version", async () => {
    const { registry, instance, connection } = await attachedTo([
      plugin("ai.steady", { scalars: [constant("ai.steady.f", 7)] }),
    ]);
    const second = await connect(instance);
    const attached = await attach(second, registry, { instance });
    closing(() => attached.detach());
    let done = false;
    let steady = 0;
    let changing = 0;
    const refused = new Set<string>();
    const query = async (on: typeof connection) => {
      while (!done) {
        const rows = await rowsOf(on, "SELECT DISTINCT ai_steady_f(i) FROM range(20000) r(i)");
        expect(rows).toEqual([[7]]);
        steady += 1;
        try {
          const versions = await rowsOf(on, "SELECT DISTINCT ai_a_f(i) FROM range(20000) r(i)");
          expect(versions).toHaveLength(1);
          changing += 1;
        } catch (error) {
          if (!(error instanceof Error) || error.name === "AssertionError") throw error;
          refused.add(error.message.split("\n")[0] ?? "");
        }
      }
    };
    const queries = [query(connection), query(second)];
    const loader = new ExtismLoader({ isolation: "inline" });
    for (let i = 0; i < 100; i++) {
      if (i % 10 === 5) {
        const text = await loader.load(readFixture("text"), { registry });
        await pause(1);
        await text.close();
      } else {
        registry.register(version(i, i % 2 === 0 ? [double] : [integer]));
        await pause(2);
        registry.replace(version(i + 1000, i % 2 === 0 ? [double] : [integer]));
        await pause(2);
        registry.remove("ai.a");
      }
      await pause(1);
    }
    done = true;
    await Promise.all(queries);
    expect(steady).toBeGreaterThan(5);
    expect(changing).toBeGreaterThan(0);
    for (const message of refused) {
      expect(message).toMatch(
        /no plugin that is attached|does not exist|No function matches|takes \(/,
      );
    }
    expect(await failureOf(connection, "SELECT ai_a_f(0)")).toContain("no plugin that is attached");
  }, 60_000);
});
