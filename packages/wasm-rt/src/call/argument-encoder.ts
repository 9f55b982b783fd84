import { argumentTypes, PluginError, toArrowType, type WireType } from "@uni/plugin";
import type { DataType, RecordBatch, Schema } from "apache-arrow";
import type { LoaderError, LoaderErrorClass } from "../errors/loader-error.ts";
import { encodeBatch } from "../ipc/encode.ts";
import { refuseSecrets } from "../ipc/membrane.ts";
import { recordBatchOf } from "../ipc/record-batch.ts";
import { sameType } from "../ipc/schema-equality.ts";
import { columnSchema } from "./column-schema.ts";
import { type Callee, crossing } from "./crossing.ts";

/**
 * Brings the arguments of one function to its guests: column i is named `arg{i}`, nullable, of the
 * declared type. The caller's columns are taken by position, whatever their names.
 */
export class ArgumentEncoder<E extends LoaderError> {
  readonly #callee: Callee;
  readonly #errors: LoaderErrorClass<E>;
  /** What the last batch crossed in; a variadic function's depends on how many columns it has. */
  #crossedIn: Schema;

  constructor(callee: Callee, errors: LoaderErrorClass<E>) {
    this.#callee = callee;
    this.#errors = errors;
    this.#crossedIn = argumentSchema(callee.signature.args, 0);
  }

  /**
   * @throws PluginError `ARGUMENTS_INVALID` with both lists of types where the arguments are not
   * what the signature says; the loader's `IPC` where they cannot cross.
   */
  encode(args: RecordBatch): Uint8Array {
    return crossing(this.#callee, this.#errors, () => {
      // Before the columns get the names of the contract: a tag sits on the caller's field.
      refuseSecrets(args.schema, "to the guest");
      const schema = this.#schemaFor(args);
      return encodeBatch(recordBatchOf(schema, args.numRows, args.data.children));
    });
  }

  #schemaFor(args: RecordBatch): Schema {
    const came = args.schema.fields.map(({ type }) => type);
    const { qname, signature } = this.#callee;
    if (this.#crossedIn.fields.length !== came.length) {
      this.#crossedIn = argumentSchema(signature.args, came.length);
    }
    const { fields } = this.#crossedIn;
    const fit =
      fields.length === came.length &&
      fields.every(({ type }, i) => sameType(type, came[i] as DataType));
    if (fit) return this.#crossedIn;
    throw new PluginError(
      "ARGUMENTS_INVALID",
      `${qname} takes (${declaredText(signature.args)}), got (${came.join(", ")})`,
    );
  }
}

/** One column for each argument; a variadic one takes as many as are left of `columns`. */
function argumentSchema(args: readonly WireType[], columns: number): Schema {
  return columnSchema(argumentTypes(args, columns).map(toArrowType), "arg");
}

function declaredText(args: readonly WireType[]): string {
  return args
    .map((arg) =>
      arg.kind === "variadic" ? `${toArrowType(arg.inner)} …` : String(toArrowType(arg)),
    )
    .join(", ");
}
