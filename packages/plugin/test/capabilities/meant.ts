/** What `pattern` means by an independent reading: as an anchored regular expression. */
export function meant(pattern: string, argument: string): boolean {
  const source = pattern
    .split("**")
    .map((part) => part.split("*").map(escaped).join("[^/]*"))
    .join("[^]*");
  return new RegExp(`^${source}$`).test(argument);
}

function escaped(literal: string): string {
  return literal.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
