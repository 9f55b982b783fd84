import type { Readable, Writable } from "node:stream";
import { printable } from "@uni/plugin/errors";
import pico from "picocolors";
import { fileError, systemCode } from "../errors/file-error.ts";
import { printableLines } from "./printable.ts";

/** What a process gives its program. */
export interface Streams {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: Writable & { readonly isTTY?: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
}

export type Style = "bold" | "dim" | "red" | "green" | "yellow" | "cyan";

/** A piece of a line: text, or text in a style. No style can be written as text. */
export type Part = string | { readonly style: Style; readonly text: string };

const ERASE_LINE = "\r\u001b[2K";

type Colours = ReturnType<typeof pico.createColors>;

/**
 * Where everything is printed, so that what a plugin says is made harmless in one place: text is
 * escaped here, and only what this class adds is a control character.
 */
export class Terminal {
  readonly stdin: Streams["stdin"];
  /** Whether people read the output. */
  readonly isInteractive: boolean;
  readonly #out: Streams["stdout"];
  readonly #err: Streams["stderr"];
  readonly #outColours: Colours;
  readonly #errColours: Colours;
  #erase = "";

  constructor({ stdin, stdout, stderr, env }: Streams) {
    this.stdin = stdin;
    this.isInteractive = stdout.isTTY === true;
    this.#out = stdout;
    this.#err = stderr;
    const wanted = !env.NO_COLOR && env.TERM !== "dumb";
    this.#outColours = pico.createColors(wanted && stdout.isTTY === true);
    this.#errColours = pico.createColors(wanted && stderr.isTTY === true);
    // A write reports its failure to its caller; without a listener the process would end here.
    for (const stream of [stdout, stderr]) stream.on("error", () => {});
  }

  /** Columns of the terminal; as many as a line needs where there is none. */
  get width(): number {
    return this.isInteractive ? (this.#out.columns ?? 80) : Number.POSITIVE_INFINITY;
  }

  /** Prints a line of the output. */
  print(...parts: readonly Part[]): Promise<void> {
    return write(this.#out, `${rendered(parts, this.#outColours)}\n`);
  }

  /** Prints a line beside the output. */
  note(...parts: readonly Part[]): void {
    this.#err.write(`${this.#erase}${rendered(parts, this.#errColours)}\n`);
    this.#erase = "";
  }

  /** Prints what is of this process itself and has lines, such as a help text or a stack. */
  noteLines(text: string): void {
    this.#err.write(`${this.#erase}${printableLines(text)}`);
    this.#erase = "";
  }

  /** Shows how far it is, on a terminal; the next line takes its place, and so does no text. */
  progress(text: string): void {
    if (this.#err.isTTY !== true) return;
    this.#err.write(this.#erase + (text === "" ? "" : this.#errColours.dim(printable(text))));
    this.#erase = text === "" ? "" : ERASE_LINE;
  }

  /**
   * Writes data to the output: as it is where a program reads it, and harmless on a terminal, whose
   * text has no control characters but line breaks.
   */
  write(data: string | Uint8Array): Promise<void> {
    if (!this.isInteractive || typeof data !== "string") return write(this.#out, data);
    return write(this.#out, printableLines(data));
  }
}

/** Whoever read the output has gone, such as `head`: there is nothing to say, and nobody to say it to. */
export class ReaderGone extends Error {}

function write(stream: Writable, data: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(data, (error) => {
      if (!error) resolve();
      else if (systemCode(error) === "EPIPE") reject(new ReaderGone());
      else reject(fileError("OUTPUT", "write", "to the standard output", error));
    });
  });
}

function rendered(parts: readonly Part[], colours: Colours): string {
  return parts
    .map((part) =>
      typeof part === "string" ? printable(part) : colours[part.style](printable(part.text)),
    )
    .join("");
}
