/**
 * A function that the host provides to components.
 *
 * Values are: numbers for integers of up to 32 bits, floats and flags (as bits); `bigint` for 64 bits;
 * strings for `string`, `char` and the cases of an enum; `Uint8Array` for `list<u8>` and arrays for
 * other lists and for tuples; an object by field name for a record; {@link Tagged} for variants,
 * options and results; and for a handle the object that it stands for.
 */
export interface HostInterfaceFunction<Host> {
  /**
   * What a component must import it as: the types alone, resources by name, such as
   * `func(borrow<output-stream>, list<u8>) -> result<_, variant{last-operation-failed(own<error>), closed}>`.
   */
  readonly signature: string;
  /** @param host what belongs to the guest that calls. What this throws ends the guest's call. */
  call(host: Host, ...args: never[]): unknown;
}

/** The functions of one interface, by their names in it; the table has no prototype. */
export type HostInterface<Host> = Readonly<Record<string, HostInterfaceFunction<Host>>>;

/** An interface of these functions; it has no prototype whose members a component could import. */
export function interfaceOf<Host>(functions: HostInterface<Host>): HostInterface<Host> {
  return Object.freeze(Object.assign(Object.create(null), functions));
}
