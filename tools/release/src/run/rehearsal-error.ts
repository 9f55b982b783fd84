/** What whoever runs a rehearsal can do something about: which step, of which package, and what to do. */
export class RehearsalError extends Error {
  static {
    RehearsalError.prototype.name = "RehearsalError";
  }
}
