// Assembles src/kernel/kernel.wat into src/kernel/kernel-bytes.ts; a test compares the two.
import { readFileSync, writeFileSync } from "node:fs";
import loadWabt from "wabt";

const folder = new URL("./src/kernel/", import.meta.url);
const text = readFileSync(new URL("kernel.wat", folder), "utf8");
const module = (await loadWabt()).parseWat("kernel.wat", text);
module.validate();
const base64 = Buffer.from(module.toBinary({}).buffer).toString("base64");
const lines = base64.match(/.{1,88}/g).map((line) => `  "${line}",`);
writeFileSync(
  new URL("kernel-bytes.ts", folder),
  `/** The kernel, assembled from kernel.wat by \`pnpm build:kernel\`, in base64. */
export const KERNEL_BASE64: string = [
${lines.join("\n")}
].join("");
`,
);
