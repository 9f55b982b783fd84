/** Where things are in the metadata of a stream's first message, so that a test can write over them. */
export class FirstMessage {
  readonly view: DataView;

  constructor(bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Where the offset to the root table is: behind the continuation and the length. */
  get rootAt(): number {
    return 8;
  }

  get root(): number {
    return this.follow(this.rootAt);
  }

  follow(at: number): number {
    return at + this.view.getUint32(at, true);
  }

  vtable(table: number): number {
    return table - this.view.getInt32(table, true);
  }

  /** Where a table's entry for a slot is in its vtable. */
  entryAt(table: number, slot: number): number {
    return this.vtable(table) + 4 + slot * 2;
  }

  /** Where a field of a table is. */
  fieldAt(table: number, slot: number): number {
    return table + this.view.getUint16(this.entryAt(table, slot), true);
  }

  /** The Schema, or what else the message is about. */
  get header(): number {
    return this.follow(this.fieldAt(this.root, 2));
  }

  /** Where the length of a schema's vector of fields is. */
  get fields(): number {
    return this.follow(this.fieldAt(this.header, 1));
  }

  /** The first field of a schema. */
  get firstField(): number {
    return this.follow(this.fields + 4);
  }

  /** Where the length of the first field's name is. */
  get firstName(): number {
    return this.follow(this.fieldAt(this.firstField, 0));
  }
}
