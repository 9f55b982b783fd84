// Every route by which a component does more to a naive jco host than it may.
import type { Attack } from "./attack.ts";
import { coreExportAttacks } from "./attacks/core-exports.ts";
import { coreImportAttacks } from "./attacks/core-imports.ts";
import { docsSectionAttacks } from "./attacks/docs-section.ts";
import { fileNameAttacks } from "./attacks/file-name.ts";
import { hostObjectAttacks } from "./attacks/host-objects.ts";
import { nodeModuleAttacks } from "./attacks/node-modules.ts";

export const attacks: readonly Attack[] = [
  ...coreExportAttacks,
  ...coreImportAttacks,
  ...fileNameAttacks,
  ...docsSectionAttacks,
  ...hostObjectAttacks,
  ...nodeModuleAttacks,
];
