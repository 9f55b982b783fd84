/** What whoever runs a command can do something about; its message is one line. */
export class ScaffoldError extends Error {
  static {
    ScaffoldError.prototype.name = "ScaffoldError";
  }
}
