import { copyFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createFromTemplate, type TemplateOptions } from "./create-from-template.ts";
import { format } from "./format.ts";
import { writeChangeset } from "./write-changeset.ts";

export interface PackageOptions extends Omit<TemplateOptions, "finish"> {
  /** Such as `@uni/loader-geo`. */
  readonly name: string;
  /** Of its changeset. */
  readonly summary: string;
  /** Of the repository. */
  readonly root: URL;
}

/**
 * Makes a package of the repository, licensed and formatted, and its changeset; or nothing.
 *
 * @throws what `createFromTemplate` and `writeChangeset` throw.
 */
export async function createPackage(options: PackageOptions): Promise<void> {
  const { name, summary, root, ...template } = options;
  await createFromTemplate({
    ...template,
    finish: async (folder) => {
      copyFileSync(new URL("LICENSE", root), join(folder, "LICENSE"));
      await format(folder, root);
    },
  });
  try {
    writeChangeset(name, summary, { folder: new URL(".changeset/", root) });
  } catch (error) {
    rmSync(template.target, { recursive: true });
    throw error;
  }
}
