import { IpcError, type IpcErrorCode } from "./ipc-error.ts";
import type { IpcRule } from "./rules.ts";

/** Which message of a stream is being read; it makes the errors about what is in it. */
export class MessagePosition {
  /** From 0; the schema is 0. */
  readonly index: number;

  constructor(index: number) {
    this.index = index;
  }

  /** @param what what was expected and what came. */
  malformed(rule: IpcRule, what: string, column?: string): IpcError {
    return this.#error("IPC_MALFORMED", rule, what, column);
  }

  /** @param what what is not supported, and what to do. */
  unsupported(rule: IpcRule, what: string, column?: string): IpcError {
    return this.#error("IPC_UNSUPPORTED", rule, what, column);
  }

  #error(code: IpcErrorCode, rule: IpcRule, what: string, column?: string): IpcError {
    const where = column === undefined ? "" : `, column ${column}`;
    return new IpcError(code, `message ${this.index} of the Arrow IPC stream${where}: ${what}`, {
      column,
      rule,
      messageIndex: this.index,
    });
  }
}
