import { AggregateInput } from "uni/aggregate/aggregate-input";
import { openEnvelope } from "uni/aggregate/envelope";
import { readInput } from "./input";

/** What the host passes an aggregate's `update` and `merge`; null where it is no envelope. */
export function readAggregateInput(): AggregateInput | null {
  return openEnvelope(readInput());
}
