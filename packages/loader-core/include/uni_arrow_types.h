/*
 * The types of columns, and numbers of the Arrow IPC format: slots of the tables in Message.fbs
 * and Schema.fbs of https://github.com/apache/arrow/tree/main/format, in the order in which they
 * are declared.
 */
#ifndef UNI_ARROW_TYPES_H
#define UNI_ARROW_TYPES_H

#include "uni_plugin.h"

/* The primitive types of docs/wire-contract.md. */
typedef enum {
  UNI_INT32,
  UNI_INT64,
  UNI_FLOAT32,
  UNI_FLOAT64,
  UNI_BOOLEAN,
  UNI_UTF8,
  UNI_BINARY,
  UNI_LARGE_BINARY,
  UNI_DATE64,
  UNI_TIMESTAMP_MS,
} uni_type;

typedef struct {
  /* In the union `Type`. */
  uint8_t kind;
  /* Of one value; 0 where values have any length. */
  uint8_t bits;
  /* Bytes of an offset, where values have any length. */
  uint8_t offset_size;
  /* Bytes and value of the type's first parameter; 0 bytes where it has none. */
  uint8_t parameter_size;
  uint8_t parameter;
  /* What the parameter is where it is left out. */
  uint8_t absent_parameter;
} uni_layout;

#define UNI_KIND_INT 2
#define UNI_KIND_TIMESTAMP 10

static inline uni_layout uni_layout_of(uni_type type) {
  static const uni_layout layouts[] = {
      [UNI_INT32] = {UNI_KIND_INT, 32, 0, 4, 32, 0},
      [UNI_INT64] = {UNI_KIND_INT, 64, 0, 4, 64, 0},
      [UNI_FLOAT32] = {3, 32, 0, 2, 1, 0},
      [UNI_FLOAT64] = {3, 64, 0, 2, 2, 0},
      [UNI_BOOLEAN] = {6, 1, 0, 0, 0, 0},
      [UNI_UTF8] = {5, 0, 4, 0, 0, 0},
      [UNI_BINARY] = {4, 0, 4, 0, 0, 0},
      [UNI_LARGE_BINARY] = {19, 0, 8, 0, 0, 0},
      [UNI_DATE64] = {8, 64, 0, 2, 1, 1},
      [UNI_TIMESTAMP_MS] = {UNI_KIND_TIMESTAMP, 64, 0, 2, 1, 0},
  };
  uni_require((uint32_t)type < sizeof layouts / sizeof layouts[0]);
  return layouts[type];
}

/* Begins an encapsulated message, and, with a length of 0, ends a stream. */
#define UNI_CONTINUATION 0xffffffffu
/* Continuation and metadata length. */
#define UNI_PREFIX_BYTES 8
/* Since V4 a record batch is laid out as it is now; V5 changed unions only. */
#define UNI_METADATA_V4 3
#define UNI_METADATA_V5 4
#define UNI_HEADER_SCHEMA 1
#define UNI_HEADER_RECORD_BATCH 3
/* `FieldNode` and `Buffer` are structs of two int64. */
#define UNI_PAIR_BYTES 16

/* A union takes two slots: its type, then its value. */
enum { UNI_MESSAGE_VERSION, UNI_MESSAGE_KIND, UNI_MESSAGE_HEADER, UNI_MESSAGE_BODY_LENGTH };
enum { UNI_SCHEMA_ENDIANNESS, UNI_SCHEMA_FIELDS };
enum {
  UNI_FIELD_NAME,
  UNI_FIELD_NULLABLE,
  UNI_FIELD_KIND,
  UNI_FIELD_TYPE,
  UNI_FIELD_DICTIONARY,
  UNI_FIELD_CHILDREN,
};
enum { UNI_INT_BIT_WIDTH, UNI_INT_IS_SIGNED };
enum { UNI_TIMESTAMP_UNIT, UNI_TIMESTAMP_ZONE };
enum { UNI_BATCH_LENGTH, UNI_BATCH_NODES, UNI_BATCH_BUFFERS, UNI_BATCH_COMPRESSION };

#endif
