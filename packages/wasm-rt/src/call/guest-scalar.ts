import type {
  CallOptions,
  FunctionSignature,
  QName,
  ScalarEntry,
  ScalarFunction,
} from "@uni/plugin";
import { type RecordBatch, Vector } from "apache-arrow";
import { decodeBatch } from "../ipc/decode.ts";
import { encodeBatch } from "../ipc/encode.ts";
import { IpcError } from "../ipc/ipc-error.ts";
import { refuseSecrets } from "../ipc/membrane.ts";
import type { LoaderError } from "../load/loader-error.ts";
import type { PluginCalls } from "../load/plugin-calls.ts";
import { bindArguments } from "./bind-arguments.ts";
import { propagateNulls } from "./propagate-nulls.ts";
import { readResult } from "./read-result.ts";

/** A scalar function of a plugin: every call is a fresh guest. */
export class GuestScalar<E extends LoaderError> implements ScalarFunction {
  readonly name: QName;
  readonly signature: FunctionSignature;
  readonly #entry: ScalarEntry;
  readonly #calls: PluginCalls<E>;

  constructor(entry: ScalarEntry, calls: PluginCalls<E>) {
    this.name = entry.qname;
    this.signature = entry.signature;
    this.#entry = entry;
    this.#calls = calls;
  }

  async invoke(args: RecordBatch, options?: CallOptions): Promise<Vector> {
    return this.invokeSync(args, options);
  }

  invokeSync(args: RecordBatch, options?: CallOptions): Vector {
    const name = this.name.toString();
    const { errors } = this.#calls;
    const ipc = this.#crossing(() => {
      // Before the columns get the names of the contract: a tag sits on the caller's field.
      refuseSecrets(args.schema, "to the guest");
      return encodeBatch(bindArguments(this.#entry, args));
    });
    const answer = this.#calls.run(name, options, (guest) => guest.invokeScalar(name, ipc));
    const batch = this.#crossing(() => decodeBatch(answer));
    const column = readResult(this.#entry, args.numRows, batch, errors);
    const propagates = this.signature.nullHandling === "propagate";
    return new Vector([propagates ? propagateNulls(column, args) : column]);
  }

  #crossing<T>(step: () => T): T {
    try {
      return step();
    } catch (error) {
      if (!(error instanceof IpcError)) throw error;
      throw new this.#calls.errors("IPC", `${this.name}: ${error.message}`, { cause: error });
    }
  }
}
