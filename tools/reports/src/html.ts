const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Markup. Only {@link html} makes it, so that whatever else comes into a page is escaped. */
export class Html {
  readonly #markup: string;

  private constructor(markup: string) {
    this.#markup = markup;
  }

  static of(strings: readonly string[], values: readonly Content[]): Html {
    const parts = strings.map((part, i) => part + markupOf(values[i]));
    return new Html(parts.join(""));
  }

  toString(): string {
    return this.#markup;
  }
}

export type Content = string | number | Html | undefined | readonly Content[];

/**
 * Markup of a template. Every value in it becomes text, wherever it stands: between tags or in an
 * attribute in double quotes. Markup stays markup, a list is its items, undefined is nothing.
 */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Html {
  return Html.of(strings, values);
}

function markupOf(value: Content): string {
  if (value === undefined) return "";
  if (value instanceof Html) return value.toString();
  if (typeof value === "object") return value.map(markupOf).join("");
  return String(value).replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? "");
}
