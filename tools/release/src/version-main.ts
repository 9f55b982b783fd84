import { fileURLToPath } from "node:url";
import { versionPackages } from "./publish/version-packages.ts";

const versioned = await versionPackages(fileURLToPath(new URL("../../..", import.meta.url)));
if (versioned.length === 0) console.log("no changeset is pending; every version stays");
for (const { name, from, to } of versioned) console.log(`${name} ${from} → ${to}`);
