import { watName } from "@uni/fixtures";
import { env, textBlock, type WatPlugin } from "../wat-plugin.ts";

/** The text at address 0 of these plugins. */
export const TEXT = "exhausted";
export const TEXT_DATA: string = `(data (i32.const 0) ${watName(TEXT)})`;

/** A plugin whose status is 1 + the length of the block that an import gave for the text. */
export const asking = (name: string, imported: string): WatPlugin => ({
  imports: imported + env("length", "(param i64) (result i64)"),
  fields: TEXT_DATA,
  body: `(i32.add (i32.const 1) (i32.wrap_i64 (call $length (call $${name} ${textBlock(0, TEXT)}))))`,
});
