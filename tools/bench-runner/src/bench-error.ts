/** What whoever runs a command can do something about; its message is one line. */
export class BenchError extends Error {
  static {
    BenchError.prototype.name = "BenchError";
  }
}
