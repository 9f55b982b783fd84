/**
 * Makes `instanceof` work across installed copies of a package: two copies of a class share no
 * prototype, but they share the registry of `Symbol.for`.
 *
 * A subclass that does not brand itself keeps the ordinary, prototype-based `instanceof`.
 */
export function brand(errorClass: abstract new (...args: never[]) => Error, name: string): void {
  const mark = Symbol.for(`@uni/error/${name}`);
  Object.defineProperty(errorClass.prototype, mark, { value: true });
  Object.defineProperty(errorClass.prototype, "name", {
    value: name,
    configurable: true,
    writable: true,
  });
  Object.defineProperty(errorClass, Symbol.hasInstance, {
    value(this: unknown, value: unknown): boolean {
      if (this !== errorClass) return Function.prototype[Symbol.hasInstance].call(this, value);
      return typeof value === "object" && value !== null && mark in value;
    },
  });
}
