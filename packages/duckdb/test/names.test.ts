import { PluginError, PluginRegistry } from "@uni/plugin";
import { Float64, vectorFromArray } from "apache-arrow";
import { describe, expect, it } from "vitest";
import { attach } from "../src/index.ts";
import { attachedTo, connect, failureOf, openInstance, rowsOf } from "./database.ts";
import { firstColumn, plugin, primitive, scalar } from "./host-plugin.ts";

const double = primitive("float64");
const same = (name: string) => scalar(name, [double], double, firstColumn);
const twice = (name: string) => {
  return scalar(name, [double], double, (batch) => {
    const doubled = Array.from(firstColumn(batch), (value) => value * 2);
    return vectorFromArray(doubled, new Float64());
  });
};

describe("names in SQL", () => {
  it("are the qualified name with underscores, in any case, and aliases", async () => {
    const { rows, attached } = await attachedTo(
      [plugin("ai.my-org.Math", { scalars: [same("ai.my-org.Math.same")] })],
      { aliases: { Keep: "ai.my-org.Math.same", later: "ai.not.yet" } },
    );
    expect(
      await rows("SELECT ai_my_org_Math_same(1), AI_MY_ORG_MATH_SAME(2), keep(3), KEEP(4)"),
    ).toEqual([[1, 2, 3, 4]]);
    expect(attached.functions).toEqual([
      { name: "ai_my_org_math_same", qname: "ai.my-org.Math.same", kind: "scalar" },
      { name: "keep", qname: "ai.my-org.Math.same", kind: "scalar" },
    ]);
  });

  it.each([
    [
      "two functions would have one",
      [
        plugin("ai.a.b", { scalars: [same("ai.a.b.c_d")] }),
        plugin("ai.a.b.c", { scalars: [same("ai.a.b.c.d")] }),
      ],
      {},
      "ai.a.b.c.d and ai.a.b.c_d are both ai_a_b_c_d in SQL",
    ],
    [
      "an alias is a function of DuckDB",
      [plugin("ai.a", { scalars: [same("ai.a.f")] })],
      { aliases: { SIN: "ai.a.f" } },
      "ai.a.f cannot be SIN in SQL: the database has a function of this name",
    ],
  ])("are refused where %s", async (_what, plugins, options, message) => {
    await expect(attachedTo(plugins, options)).rejects.toThrow(message);
  });

  it.each(["1st", "a.b", 'x"; DROP TABLE t', ""])("refuse the alias %j", async (alias) => {
    await expect(attachedTo([], { aliases: { [alias]: "ai.a.f" } })).rejects.toThrow(
      /^expected an alias of letters, digits and "_"/,
    );
  });

  it("do not hide a macro of the user", async () => {
    const instance = await openInstance();
    const connection = await connect(instance);
    await connection.run("CREATE MACRO ai_a_f(x) AS x + 1");
    const registry = new PluginRegistry();
    registry.register(plugin("ai.a", { scalars: [same("ai.a.f")] }));
    await expect(attach(connection, registry, { instance })).rejects.toThrow(PluginError);
    expect(await rowsOf(connection, "SELECT ai_a_f(1)")).toEqual([[2]]);
  });
});

describe("two connections of one database", () => {
  it("have each their own functions under one name", async () => {
    const instance = await openInstance();
    const [first, second, third] = [
      await connect(instance),
      await connect(instance),
      await connect(instance),
    ];
    const registries = [new PluginRegistry(), new PluginRegistry()] as const;
    registries[0].register(plugin("ai.a", { scalars: [same("ai.a.f")] }));
    registries[1].register(plugin("ai.a", { scalars: [twice("ai.a.f")] }));
    await Promise.all([
      attach(first, registries[0], { instance }),
      attach(second, registries[1], { instance }),
    ]);
    const sql = "SELECT sum(ai_a_f(i)) FROM range(100000) r(i)";
    const answers = await Promise.all([
      rowsOf(first, sql),
      rowsOf(second, sql),
      rowsOf(first, sql),
      rowsOf(second, sql),
    ]);
    expect(answers.flat(2)).toEqual([4999950000, 9999900000, 4999950000, 9999900000]);
    expect(await failureOf(third, sql)).toContain(
      "no plugin that is attached to this connection has ai_a_f; it was removed, or is attached to another connection",
    );
  });

  it("refuse a second registry on one connection until it is detached", async () => {
    const { connection, instance, attached } = await attachedTo([
      plugin("ai.a", { scalars: [same("ai.a.f")] }),
    ]);
    const other = new PluginRegistry();
    other.register(plugin("ai.a", { scalars: [twice("ai.a.f")] }));
    await expect(attach(connection, other, { instance })).rejects.toThrow("detach it first");
    expect(await rowsOf(connection, "SELECT ai_a_f(1)")).toEqual([[1]]);
    await attached.detach();
    expect(await failureOf(connection, "SELECT ai_a_f(1)")).toContain("no plugin that is attached");
    await attach(connection, other, { instance });
    expect(await rowsOf(connection, "SELECT ai_a_f(1)")).toEqual([[2]]);
  });

  it("are told apart between databases, too", async () => {
    const [one, other] = [await openInstance(), await openInstance()];
    const connection = await connect(one);
    await expect(attach(connection, new PluginRegistry(), { instance: other })).rejects.toThrow(
      "the option instance is another database",
    );
  });
});

describe("options", () => {
  it("are refused where they do not exist", async () => {
    // What a JavaScript caller can write.
    const misspelt = { timeout: 5 } as object;
    await expect(attachedTo([], misspelt)).rejects.toThrow(
      'unknown option "timeout"; known: instance',
    );
    await expect(attachedTo([], { timeoutMs: 0 })).rejects.toThrow(
      "timeoutMs must be above 0, got 0",
    );
  });
});
