/**
 * Whether an argument of a capability, such as a path or a URL, is one that `pattern` means: `*`
 * stands for any characters but `/`, `**` for any characters at all, and everything else for itself.
 *
 * Patterns come from plugins, so none becomes a regular expression, and the time does not grow with
 * their length: it is at most the square of the argument's.
 */
export function matchesPattern(pattern: string, argument: string): boolean {
  // reached[i]: the tokens so far can end before character i of the argument.
  let reached = new Array<boolean>(argument.length + 1).fill(false);
  reached[0] = true;
  for (const token of tokensOf(pattern)) {
    // Every character takes one of the argument's, so a longer pattern ends here.
    if (!reached.includes(true)) return false;
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

// More stars than two mean what two do. One at a time, since most are not needed.
function* tokensOf(pattern: string): Generator<string> {
  for (const [token] of pattern.matchAll(/\*\*+|[\s\S]/g)) yield token[1] === "*" ? "**" : token;
}
