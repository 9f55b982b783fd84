/**
 * What commands that measure report with.
 *
 * @module
 */

export { type Content, Html, html } from "./html.ts";
export { describeMachine, type Machine } from "./machine.ts";
export { type Side, textTable } from "./text-table.ts";
export { writeWhole } from "./write-whole.ts";
