// Removes from `dist` what was compiled from sources that are gone: `tsc -b` leaves it, and a package
// would be published with it. Runs in the folder of a package.
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

const COMPILED = /(?:\.d\.ts|\.js)(?:\.map)?$/;

const files = existsSync("dist") ? readdirSync("dist", { recursive: true, encoding: "utf8" }) : [];
for (const file of files.filter((name) => COMPILED.test(name))) {
  const source = join("src", file.replace(COMPILED, ".ts"));
  if (!existsSync(source)) rmSync(join("dist", file));
}
