import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { publicPackages } from "../public-packages.ts";
import { extractReports } from "./extract-reports.ts";
import { strayReports } from "./stale-reports.ts";

const packages = publicPackages(fileURLToPath(new URL("../../../..", import.meta.url)));
const { reports, problems } = extractReports(packages);
for (const { path, text } of reports) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
for (const path of strayReports(packages, reports)) rmSync(path);
console.log(`${reports.length} reports of ${packages.length} packages, in packages/*/api`);
if (problems.length > 0) {
  console.error(problems.join("\n"));
  process.exitCode = 1;
}
