import { last_words } from "./host-imports";

export function abort(message: string, _file: string, _line: u32, _column: u32): void {
  const utf8 = String.UTF8.encode(message);
  last_words(changetype<usize>(utf8), utf8.byteLength);
  unreachable();
}
