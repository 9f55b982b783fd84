import { type DataType, Field, Schema } from "apache-arrow";

/** The schema in which columns cross: named `{prefix}0`, `{prefix}1`, … and nullable. */
export function columnSchema(types: readonly DataType[], prefix: "arg" | "yield"): Schema {
  return new Schema(types.map((type, i) => new Field(`${prefix}${i}`, type, true)));
}
