/**
 * What the commands stand on that make a package or a plugin from a template.
 *
 * @module
 */

export { checkName, type NameRules, pascalCase } from "./check-name.ts";
export { createFromTemplate, type TemplateOptions } from "./create-from-template.ts";
export { createPackage, type PackageOptions } from "./create-package.ts";
export { type Command, type Given, runCommand } from "./run-command.ts";
export { ScaffoldError } from "./scaffold-error.ts";
export { writeChangeset } from "./write-changeset.ts";
