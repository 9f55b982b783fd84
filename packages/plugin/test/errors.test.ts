import { describe, expect, expectTypeOf, test, vi } from "vitest";
import { brand, FnError, PluginError, type PluginErrorCode, UniError } from "../src/index.ts";

type Copy = Pick<typeof import("../src/index.ts"), "UniError" | "PluginError" | "FnError">;

const here: Copy = { UniError, PluginError, FnError };
// As though the package were installed twice: every one of its modules runs again.
vi.resetModules();
const there: Copy = await import("../src/index.ts");

function errorsOf(copy: Copy) {
  return {
    uni: new copy.UniError("TIMEOUT", "too late"),
    plugin: new copy.PluginError("NOT_FOUND", "not here"),
    fn: new copy.FnError({ fnCode: 0x100, message: "no such place", retryable: false }),
  };
}

describe("an error of another installed copy", () => {
  test("is of classes of its own", () => {
    for (const name of ["UniError", "PluginError", "FnError"] as const) {
      expect(there[name]).not.toBe(here[name]);
    }
  });

  test.each([
    ["this copy's classes know the other's errors", here, there],
    ["the other copy's classes know this one's errors", there, here],
    ["this copy's classes know its own errors", here, here],
    ["the other copy's classes know its own errors", there, there],
  ])("%s", (_, classes, copy) => {
    const { uni, plugin, fn } = errorsOf(copy);
    const kinds = (error: unknown) => [
      error instanceof classes.UniError,
      error instanceof classes.PluginError,
      error instanceof classes.FnError,
    ];
    expect(kinds(uni)).toEqual([true, false, false]);
    expect(kinds(plugin)).toEqual([true, true, false]);
    expect(kinds(fn)).toEqual([true, false, true]);
  });

  test("is an Error", () => {
    for (const error of Object.values(errorsOf(there))) expect(error).toBeInstanceOf(Error);
  });

  test("is known where its class is branded by the package that defines it", () => {
    const defineLoaderError = (base: Copy["UniError"]) => {
      class LoaderError extends base {
        static {
          brand(LoaderError, "LoaderError");
        }
      }
      return LoaderError;
    };
    const One = defineLoaderError(here.UniError);
    const Other = defineLoaderError(there.UniError);
    expect(new Other("TRAP", "unreachable")).toBeInstanceOf(One);
    expect(new Other("TRAP", "unreachable")).toBeInstanceOf(here.UniError);
    expect(new here.UniError("TRAP", "unreachable")).not.toBeInstanceOf(One);
    expect(new One("TRAP", "unreachable")).not.toBeInstanceOf(there.PluginError);
    expect(new One("TRAP", "unreachable").name).toBe("LoaderError");
  });
});

describe("a subclass without a brand of its own", () => {
  class Left extends UniError {}
  class Right extends UniError {}
  class Leaf extends Left {}
  class Narrow extends PluginError {}

  test("matches its own errors and those of its subclasses", () => {
    expect(new Left("X", "x")).toBeInstanceOf(Left);
    expect(new Leaf("X", "x")).toBeInstanceOf(Left);
    expect(new Left("X", "x")).not.toBeInstanceOf(Leaf);
  });

  test("matches neither its siblings nor its parent's errors", () => {
    expect(new Right("X", "x")).not.toBeInstanceOf(Left);
    expect(new Left("X", "x")).not.toBeInstanceOf(Right);
    expect(new UniError("X", "x")).not.toBeInstanceOf(Left);
    expect(new PluginError("DUPLICATE", "x")).not.toBeInstanceOf(Narrow);
    expect(new Narrow("DUPLICATE", "x")).not.toBeInstanceOf(FnError);
  });

  test("is matched by its parents in every copy", () => {
    for (const copy of [here, there]) {
      expect(new Narrow("DUPLICATE", "x")).toBeInstanceOf(copy.PluginError);
      expect(new Narrow("DUPLICATE", "x")).toBeInstanceOf(copy.UniError);
    }
  });
});

describe("instanceof UniError", () => {
  test.each([
    ["undefined", undefined],
    ["null", null],
    ["a string", "UniError"],
    ["a number", 7],
    ["an Error", new Error("x")],
    ["a look-alike", { name: "UniError", code: "TIMEOUT", message: "too late" }],
    ["the class itself", UniError],
  ])("is false for %s", (_, value) => {
    expect(value instanceof UniError).toBe(false);
  });
});

describe("the errors", () => {
  test("carry a name, a code and a message", () => {
    const { uni, plugin, fn } = errorsOf(here);
    expect(uni).toMatchObject({ name: "UniError", code: "TIMEOUT", message: "too late" });
    expect(plugin).toMatchObject({ name: "PluginError", code: "NOT_FOUND", message: "not here" });
    expect(fn).toMatchObject({ name: "FnError", code: "FN_ERROR", message: "no such place" });
  });

  test("begin their stack with the name and the message", () => {
    const { uni, plugin, fn } = errorsOf(here);
    expect(uni.stack).toMatch(/^UniError: too late\n/);
    expect(plugin.stack).toMatch(/^PluginError: not here\n/);
    expect(fn.stack).toMatch(/^FnError: no such place\n/);
  });

  test("keep their cause, and have none where none was given", () => {
    const cause = new Error("the reason");
    const failure = { fnCode: 1, message: "x", retryable: false };
    expect(new UniError("X", "x", { cause }).cause).toBe(cause);
    expect(new PluginError("DUPLICATE", "x", { cause }).cause).toBe(cause);
    expect(new FnError(failure, { cause }).cause).toBe(cause);
    for (const error of Object.values(errorsOf(here))) {
      expect(Object.hasOwn(error, "cause")).toBe(false);
    }
  });

  test("say what a function reported about itself", () => {
    const error = new FnError({ fnCode: 0xffff_ffff, message: "try later", retryable: true });
    expect(error).toMatchObject({ fnCode: 0xffff_ffff, retryable: true, message: "try later" });
    expect(errorsOf(here).fn).toMatchObject({ fnCode: 0x100, retryable: false });
  });

  test("know the code of a step that others under way forbid, and no code of no meaning", () => {
    expectTypeOf<"BUSY">().toExtend<PluginErrorCode>();
    expectTypeOf<string>().not.toExtend<PluginErrorCode>();
    expect(new PluginError("BUSY", "wait").code).toBe("BUSY");
  });
});
