/** How numbers are written, on the terminal and in the page. */

const MINUS = "−";

export const count = (value: number): string => Math.round(value).toLocaleString("en");

export function decimal(value: number, digits: number): string {
  const format = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  // What rounds to zero has no sign.
  const text = value.toLocaleString("en", { ...format, signDisplay: "negative" });
  return text.replace("-", MINUS);
}

export const percent = (value: number, digits = 2): string => `${decimal(value, digits)} %`;

export function signedPercent(value: number, digits = 2): string {
  const text = percent(value, digits);
  return value > 0 && !/^[0.]+ %$/.test(text) ? `+${text}` : text;
}

export const seconds = (ms: number): string => `${decimal(ms / 1000, ms < 10_000 ? 2 : 1)} s`;
export const kibibytes = (bytes: number): string => `${decimal(bytes / 1024, 1)} KiB`;
export const mebibytes = (bytes: number): string => `${count(bytes / 2 ** 20)} MiB`;
export const perSecond = (items: number, ms: number): number => (items / ms) * 1000;
/** Such as `1.25 M`. */
export const millions = (value: number): string => `${decimal(value / 1e6, 2)} M`;
