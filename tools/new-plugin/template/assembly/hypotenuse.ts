import { readInput, writeOutput } from "uni/abi";
import { readSingleBatch, resultStream, ValuesResult } from "uni/arrow";
import { canonicalNaN } from "uni/float";

/** The longest side of a triangle with a right angle, by the other two. */
function hypotenuse(a: f64, b: f64): f64 {
  return canonicalNaN(Math.sqrt(a * a + b * b));
}

/** `hypotenuse(a, b)`: null where an argument is. */
export function invoke___STEM___hypotenuse(): i32 {
  const batch = readSingleBatch(readInput());
  const a = batch.nextFloat64();
  const b = batch.nextFloat64();
  batch.finish();

  const validity = a.validity.and(b.validity);
  const result = new ValuesResult<f64>(validity);
  for (let row = 0; row < batch.rowCount; row++) {
    if (validity.get(row)) result.set(row, hypotenuse(a.get(row), b.get(row)));
  }
  return writeOutput(resultStream(result));
}
