import { expect } from "vitest";
import { PluginError, type PluginErrorCode } from "../src/index.ts";
import { thrownBy } from "./thrown-by.ts";

/** The message with which `run` is refused; fails unless it is refused with this code. */
export function refusal(code: PluginErrorCode, run: () => unknown): string {
  const error = thrownBy(run);
  expect(error).toBeInstanceOf(PluginError);
  expect(error).toMatchObject({ code });
  return (error as PluginError).message;
}
