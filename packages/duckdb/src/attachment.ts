/** A function as SQL has it. */
export interface AttachedFunction {
  /** As SQL calls it: `ai_example_geo_haversine`. */
  readonly name: string;
  /** As its plugin calls it: `ai.example.geo.haversine`. */
  readonly qname: string;
  readonly kind: "scalar" | "aggregate" | "procedure";
}

/** A registry whose functions SQL can call on one connection, until it is detached. */
export interface Attachment extends AsyncDisposable {
  /** The functions that SQL has now, in the order of their names; an alias is one more. */
  readonly functions: readonly AttachedFunction[];
  /** Takes the functions away from the connection; statements that are under way finish. */
  detach(): Promise<void>;
}
