import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { publicPackages } from "../public-packages.ts";
import { writeReference } from "./write-reference.ts";

const root = fileURLToPath(new URL("../../../..", import.meta.url));
const complaints = await writeReference(publicPackages(root), join(root, "reports/api"));
if (complaints.length === 0) {
  console.log("reports/api/index.html");
} else {
  console.error(complaints.join("\n"));
  process.exitCode = 1;
}
