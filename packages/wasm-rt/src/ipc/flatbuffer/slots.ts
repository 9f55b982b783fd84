// Slots of the tables in Message.fbs and Schema.fbs of Apache Arrow's format, in the order of their
// definition. A union takes two: its kind, and the table.

export const MESSAGE = { version: 0, headerKind: 1, header: 2, bodyLength: 3, customMetadata: 4 };
export const SCHEMA = { endianness: 0, fields: 1, customMetadata: 2, features: 3 };
export const FIELD = {
  name: 0,
  nullable: 1,
  typeKind: 2,
  type: 3,
  dictionary: 4,
  children: 5,
  customMetadata: 6,
};
export const KEY_VALUE = { key: 0, value: 1 };
export const DICTIONARY_ENCODING = { id: 0, indexType: 1, isOrdered: 2, kind: 3 };
export const RECORD_BATCH = {
  length: 0,
  nodes: 1,
  buffers: 2,
  compression: 3,
  variadicBufferCounts: 4,
};
export const DICTIONARY_BATCH = { id: 0, data: 1, isDelta: 2 };
export const BODY_COMPRESSION = { codec: 0, method: 1 };

export const INT = { bitWidth: 0, isSigned: 1 };
export const FLOATING_POINT = { precision: 0 };
export const DECIMAL = { precision: 0, scale: 1, bitWidth: 2 };
export const DATE = { unit: 0 };
export const TIME = { unit: 0, bitWidth: 1 };
export const TIMESTAMP = { unit: 0, timezone: 1 };
export const INTERVAL = { unit: 0 };
export const DURATION = { unit: 0 };
export const UNION = { mode: 0, typeIds: 1 };
export const FIXED_SIZE_BINARY = { byteWidth: 0 };
export const FIXED_SIZE_LIST = { listSize: 0 };
export const MAP = { keysSorted: 0 };

/** `struct FieldNode { length: long; null_count: long; }`, and `struct Buffer { offset: long; length: long; }`. */
export const FIELD_NODE_BYTES = 16;
export const BUFFER_BYTES = 16;
