import fc from "fast-check";
import { doubles, streamOf } from "../arrow-columns.ts";
import type { Script } from "../outcome.ts";
import { type Case, callCase, type Picked } from "./case.ts";
import { doubleColumns } from "./generated-columns.ts";

const INPUTS: Picked = {
  "a few rows": doubles([10, 20, null]),
  "no rows": doubles([]),
  "nulls alone": doubles([null, null]),
  "two columns": doubles([1], [2]),
};

/** Every call is in a guest of its own, so that each counts from the start. */
const again: Script = (run) => {
  const args = ["ai.example.stateful.bump", streamOf(doubles([1, 2]))] as [string, Uint8Array];
  for (let i = 0; i < 3; i++) run({ method: "invokeScalar", args });
};

const bump = callCase("invokeScalar", "stateful", "bump", INPUTS, doubleColumns(1));

export const statefulCases: readonly Case[] = [
  { ...bump, picked: new Map([...bump.picked, ["three calls", again]]) },
  callCase("invokeScalar", "stateful", "boom", INPUTS, fc.constant(doubles([1]))),
];
