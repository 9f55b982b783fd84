import { ScaffoldError } from "./scaffold-error.ts";

export interface NameRules {
  /** What is named, such as `loader`. */
  readonly what: string;
  /** Names that are taken. */
  readonly reserved?: Iterable<string>;
}

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const LONGEST = 40;

/** @throws ScaffoldError where something cannot have this name. */
export function checkName(name: string, { what, reserved = [] }: NameRules): void {
  const shown = JSON.stringify(name);
  if (!NAME.test(name)) {
    throw new ScaffoldError(
      `expected a name of lowercase letters, digits and single hyphens that starts with a letter, got ${shown}; for example "my-${what}"`,
    );
  }
  if (name.length > LONGEST) {
    throw new ScaffoldError(
      `expected a name of at most ${LONGEST} characters, got ${shown} with ${name.length}`,
    );
  }
  if (new Set(reserved).has(name)) {
    throw new ScaffoldError(`the name ${shown} is taken; take another one for the ${what}`);
  }
}

/** The words of a checked name as one: `my-format` as `MyFormat`. */
export function pascalCase(name: string): string {
  return name.replaceAll(/(?:^|-)(.)/g, (_match, first: string) => first.toUpperCase());
}
