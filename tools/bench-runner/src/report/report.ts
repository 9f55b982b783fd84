import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Measure } from "@uni/bench";
import type { Machine } from "@uni/reports";
import { z } from "zod";
import { BenchError } from "../bench-error.ts";

export interface BenchMeasure extends Measure {
  readonly bench: string;
}

/** What a run of benches came to: the file that `pnpm bench` writes. */
export interface Report {
  readonly schema: 1;
  readonly commit: string;
  /** Whether the working tree had changes that the commit lacks. */
  readonly dirty: boolean;
  /** Of the start, as in ISO 8601. */
  readonly date: string;
  /** Whether fewer runs were made than a figure for the record needs. */
  readonly quick: boolean;
  readonly machine: Machine;
  readonly measures: readonly BenchMeasure[];
  /** Benches that were asked for and have no measures: they failed, or the run was ended before them. */
  readonly unfinished: readonly string[];
}

const name = z.string().min(1);
const spread = { low: z.number(), high: z.number() };
const measure = {
  table: name,
  name,
  unit: z.enum(["ms", "bytes", "%"]),
  median: z.number(),
  spread: z.strictObject(spread),
  runs: z.int().positive(),
  floor: z.strictObject({ name, ratio: z.number(), ...spread }).nullable(),
};

/** What a bench hands over, line by line. */
export const measureSchema: z.ZodType<Measure> = z.strictObject(measure);

const reportSchema: z.ZodType<Report> = z.strictObject({
  schema: z.literal(1),
  commit: z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/),
  dirty: z.boolean(),
  date: z.iso.datetime(),
  quick: z.boolean(),
  machine: z.strictObject({
    cpu: name,
    cores: z.int().positive(),
    memoryGib: z.number(),
    os: name,
    node: name,
    v8: name,
    loadAverage: z.number(),
  }),
  measures: z
    .array(z.strictObject({ bench: name, ...measure }))
    .superRefine((measures, context) => {
      const keys = measures.map(keyOf);
      const twice = keys.find((key, at) => keys.indexOf(key) !== at);
      if (twice === undefined) return;
      context.addIssue({
        code: "custom",
        message: `expected one measure of a name, got two: ${twice}`,
      });
    }),
  unfinished: z.array(name),
});

/** What a measure is known by, in every report. */
export function keyOf(measure: Pick<BenchMeasure, "bench" | "table" | "name">): string {
  return `${measure.bench} / ${measure.table} / ${measure.name}`;
}

/** @throws BenchError where the file is no report of this schema. */
export function readReport(file: string): Report {
  const { success, data, error } = reportSchema.safeParse(jsonOf(file));
  if (success) return data;
  const [issue] = error.issues;
  const where = issue?.path.join(".") || "the whole";
  throw new BenchError(
    `${file}: expected a report that "pnpm bench" wrote, with schema 1; ${where}: ${issue?.message}`,
  );
}

export function writeReport(file: string, report: Report): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(report, undefined, 2)}\n`);
}

function jsonOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new BenchError(
      `${file} cannot be read: ${error instanceof Error ? error.message : error}`,
    );
  }
}
