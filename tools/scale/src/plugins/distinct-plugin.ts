const ID = "ai.example.geo";

/**
 * The plugin `ai.example.geo` with another id, which is as long, so that nothing in the binary moves.
 * Its documents are texts of AssemblyScript, which are UTF-16; names of exports are UTF-8.
 *
 * @param number from 0 to 9999.
 * @throws Error where the bytes do not name the plugin.
 */
export function distinctPlugin(geo: Uint8Array, number: number): Uint8Array {
  const id = `ai.scale.p${String(number).padStart(4, "0")}`;
  const bytes = Buffer.from(geo);
  const inDocuments = replaceAll(bytes, Buffer.from(ID, "utf16le"), Buffer.from(id, "utf16le"));
  replaceAll(bytes, Buffer.from(stem(ID)), Buffer.from(stem(id)));
  if (inDocuments === 0) throw new Error(`expected a plugin whose documents name ${ID} in UTF-16`);
  return new Uint8Array(bytes);
}

const stem = (id: string): string => id.replaceAll(".", "_");

function replaceAll(bytes: Buffer, from: Buffer, to: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(from); at >= 0; at = bytes.indexOf(from, at + to.length)) {
    to.copy(bytes, at);
    count += 1;
  }
  return count;
}
