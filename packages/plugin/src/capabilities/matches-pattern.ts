/**
 * Whether an argument of a capability, such as a path or a URL, is one that `pattern` means: `*`
 * stands for any characters but `/`, `**` for any characters at all, and everything else for itself.
 *
 * Patterns come from plugins, so none becomes a regular expression: the time is at most the product
 * of both lengths.
 */
export function matchesPattern(pattern: string, argument: string): boolean {
  // reached[i]: the tokens so far can end before character i of the argument.
  let reached = new Array<boolean>(argument.length + 1).fill(false);
  reached[0] = true;
  for (const token of tokensOf(pattern)) {
    const next = new Array<boolean>(argument.length + 1).fill(false);
    for (let i = 0; i <= argument.length; i++) {
      const before = argument[i - 1];
      if (token === "*" || token === "**") {
        const extends_ = i > 0 && next[i - 1] === true && (token === "**" || before !== "/");
        next[i] = reached[i] === true || extends_;
      } else {
        next[i] = i > 0 && reached[i - 1] === true && before === token;
      }
    }
    reached = next;
  }
  return reached[argument.length] === true;
}

function tokensOf(pattern: string): string[] {
  return pattern.match(/\*\*|[\s\S]/g) ?? [];
}
