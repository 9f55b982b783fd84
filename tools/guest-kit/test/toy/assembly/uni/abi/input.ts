import { AggregateInput } from "uni/aggregate/aggregate-input";
import { currentInput } from "./call";

export function readInput(): ArrayBuffer {
  return currentInput();
}

export function readAggregateInput(): AggregateInput | null {
  return null;
}
