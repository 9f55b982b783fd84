/** What each rule says. */
export const IPC_RULES = {
  // Framing
  "stream-format": "the bytes are the stream format, not the file format",
  continuation: "a message starts with the continuation 0xFFFFFFFF",
  "metadata-length": "the length of a message's metadata is a positive multiple of 8",
  "body-length": "the length of a message's body is a multiple of 8",
  truncated: "a message ends within the bytes",
  "end-of-stream": "the stream ends with its marker",
  "trailing-bytes": "nothing follows the end of the stream",
  "schema-first": "the first message is the schema",
  "one-schema": "there is one schema",
  "one-batch": "decodeBatch takes at most one record batch",
  "message-kind": "the other messages are record batches and dictionary batches",
  "schema-body": "a schema has no body",
  "one-version": "all messages are of the schema's metadata version",

  // Flatbuffers
  "metadata-version": "the metadata version is V4 or V5",
  "flatbuffer-bounds": "tables, vtables, vectors and strings lie within the metadata",
  "flatbuffer-alignment": "what is in a flatbuffer is aligned to its size",
  "flatbuffer-sharing": "a flatbuffer has no more tables and text than fit into it once",
  "flatbuffer-text": "a string of a flatbuffer is UTF-8 and ends with a zero",
  "flatbuffer-required": "a flatbuffer has what cannot be left out",
  "safe-integer": "a 64-bit number is a non-negative safe integer",

  // Schema
  endianness: "the schema is little-endian",
  "type-known": "a type is one that apache-arrow can represent",
  "type-parameters": "the parameters of a type are ones that it can have",
  "field-name": "columns, and the children of a struct, have distinct names, and none is __proto__",
  "child-count": "a type has as many children as it needs",
  "union-type-ids": "a union has one distinct id from 0 to 127 for each child",
  "map-entries": "the entries of a map, and their keys, are not nullable",
  "dictionary-index-type": "dictionary indices are integers of 8, 16 or 32 bits",
  "dictionary-reuse": "fields that share a dictionary id have the same type of values",

  // Record batches
  compression: "a body is not compressed",
  "node-count": "a batch has one node for each field",
  "buffer-count": "a batch has the buffers of its fields and no others",
  "variadic-count": "a batch counts the data buffers of each view column",
  "buffer-bounds": "a buffer lies within the body",
  "buffer-alignment": "a buffer starts at a multiple of 8",
  "buffer-order": "buffers follow each other and do not overlap",
  "buffer-length": "a buffer is long enough for its column, in whole elements",
  "null-count": "a column has as many nulls as it can have",
  "validity-count": "a validity bitmap has as many nulls as its node says",
  "non-nullable": "a field that is not nullable has no nulls",
  "column-length": "a column has as many values as its batch has rows",

  // Values
  "offsets-range": "offsets start at 0 or above and end within the values",
  "offsets-order": "offsets never decrease",
  "text-utf8": "text is UTF-8",
  "text-boundary": "a text value starts and ends between two characters",
  "view-length": "a view has a length that is not negative",
  "view-padding": "bytes behind an inline view are 0",
  "view-range": "a view lies within one of the data buffers",
  "view-prefix": "a view has the first four bytes of its value",
  "view-overlap": "views of text overlap only where their data buffer is all UTF-8",
  "struct-length": "children of a struct are as long as the struct",
  "fixed-list-length": "a fixed-size list has all items of its rows",
  "union-length": "children of a sparse union are as long as the union",
  "union-type-id": "a row of a union has one of its type ids",
  "union-offset": "a row of a dense union points into its child",
  "instant-range": "dates and timestamps are ones that a number of JavaScript holds",

  // Dictionaries
  "dictionary-known": "a dictionary batch is for an id of the schema",
  "dictionary-present": "a dictionary comes before the batch that uses it",
  "dictionary-delta": "a delta follows the dictionary that it adds to",
  "dictionary-index": "an index points into its dictionary",

  // The membrane
  "secret-column": "no column is tagged as a secret",
} as const;
Object.freeze(IPC_RULES);

/** The name of a rule that a stream must keep to be decoded. */
export type IpcRule = keyof typeof IPC_RULES;
