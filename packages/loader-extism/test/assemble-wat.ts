import { createRequire } from "node:module";

const require = createRequire(new URL("../../../tools/fixtures/package.json", import.meta.url));
export async function assembleWat(wat: string, features: { exceptions?: boolean } = {}) {
  const module = (await require("wabt")()).parseWat("t.wat", wat, features);
  module.validate();
  return new Uint8Array(module.toBinary({}).buffer) as Uint8Array<ArrayBuffer>;
}
