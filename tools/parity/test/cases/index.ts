import type { Case } from "./case.ts";
import { geoCases } from "./geo.ts";
import { statefulCases } from "./stateful.ts";
import { statsCases } from "./stats.ts";
import { textCases } from "./text.ts";
import { vecCases } from "./vec.ts";

/** Every function of every fixture that all loaders have. */
export const cases: readonly Case[] = [
  ...geoCases,
  ...statsCases,
  ...textCases,
  ...vecCases,
  ...statefulCases,
];
