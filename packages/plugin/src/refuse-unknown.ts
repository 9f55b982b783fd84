/**
 * Refuses an option that does not exist, which would otherwise do nothing in silence.
 *
 * @throws TypeError naming it, and those that there are.
 */
export function refuseUnknown(options: object, known: readonly string[], what: string): void {
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new TypeError(`unknown ${what} "${unknown}"; known: ${known.join(", ")}`);
}
