/** An `input-stream` at its end. */
export class StandardInput {
  readonly stream = "stdin";
}

/** An `output-stream` to one of the guest's outputs. */
export class StandardOutput {
  readonly stream: "stdout" | "stderr";
  /** Bytes that the last `check-write` permitted and that were not written since. */
  permittedBytes = 0;

  constructor(stream: "stdout" | "stderr") {
    this.stream = stream;
  }
}
