/*
 * Answers columns as an Arrow IPC stream of one batch:
 *
 *   return uni_answer_column(&sums);
 */
#ifndef UNI_ARROW_WRITE_H
#define UNI_ARROW_WRITE_H

#include "uni_arrow_builder.h"
#include "uni_flatbuffer_write.h"

/* ---- Messages ---- */

/* Begins a message, whose header is still to be written and linked to `*header`. */
static inline uni_output uni_begin_message(uint8_t kind, uint64_t body_size, uint32_t *header) {
  static const uint8_t sizes[] = {2, 1, 4, 8};
  uni_output output = {NULL, 0, 0};
  uint32_t root = uni_append(&output, 4);
  uint32_t message = uni_put_table(&output, sizes, sizeof sizes);
  uni_link(&output, root, message);
  uint8_t *bytes = output.bytes;
  uni_store_u16(bytes + uni_place(&output, message, UNI_MESSAGE_VERSION), UNI_METADATA_V5);
  bytes[uni_place(&output, message, UNI_MESSAGE_KIND)] = kind;
  uni_store_u64(bytes + uni_place(&output, message, UNI_MESSAGE_BODY_LENGTH), body_size);
  *header = uni_place(&output, message, UNI_MESSAGE_HEADER);
  return output;
}

static inline uint32_t uni_put_type(uni_output *output, uni_layout layout) {
  /* A signed integer has a second parameter, which says so. */
  uint8_t sizes[] = {layout.parameter_size, 1};
  uint32_t slots = layout.kind == UNI_KIND_INT ? 2 : layout.parameter_size != 0 ? 1 : 0;
  uint32_t type = uni_put_table(output, sizes, slots);
  if (slots > 0) output->bytes[uni_place(output, type, 0)] = layout.parameter;
  if (slots > 1) output->bytes[uni_place(output, type, UNI_INT_IS_SIGNED)] = 1;
  return type;
}

static inline uint32_t uni_put_field(uni_output *output, uni_bytes name, uni_layout layout) {
  static const uint8_t sizes[] = {4, 1, 1, 4, 0, 4};
  uint32_t field = uni_put_table(output, sizes, sizeof sizes);
  output->bytes[uni_place(output, field, UNI_FIELD_NULLABLE)] = 1;
  output->bytes[uni_place(output, field, UNI_FIELD_KIND)] = layout.kind;
  uni_link(output, uni_place(output, field, UNI_FIELD_NAME), uni_put_text(output, name));
  uni_link(output, uni_place(output, field, UNI_FIELD_TYPE), uni_put_type(output, layout));
  /* Older readers refuse a field without a vector of children (ARROW-12100). */
  uint32_t children = uni_put_vector(output, 0, 4);
  uni_link(output, uni_place(output, field, UNI_FIELD_CHILDREN), children);
  return field;
}

/* The schema of columns `yield0`, `yield1`, … */
static inline uni_output uni_schema_message(const uni_builder *columns, uint32_t count) {
  static const uint8_t sizes[] = {0, 4};
  uint32_t header;
  uni_output output = uni_begin_message(UNI_HEADER_SCHEMA, 0, &header);
  uint32_t schema = uni_put_table(&output, sizes, sizeof sizes);
  uni_link(&output, header, schema);
  uint32_t fields = uni_put_vector(&output, count, 4);
  uni_link(&output, uni_place(&output, schema, UNI_SCHEMA_FIELDS), fields);
  for (uint32_t i = 0; i < count; i++) {
    uint8_t name[5 + UNI_MOST_DIGITS] = "yield";
    uni_bytes text = {name, 5 + uni_digits(name + 5, i)};
    uint32_t field = uni_put_field(&output, text, uni_layout_of(columns[i].type));
    uni_link(&output, fields + 4 + i * 4, field);
  }
  uni_align(&output, 8, 0);
  return output;
}

/* ---- The body ---- */

#define UNI_MOST_BUFFERS 3

/* The buffers of a column, and how many it has. */
static inline uint32_t uni_column_buffers(const uni_builder *column,
                                          uni_bytes buffers[UNI_MOST_BUFFERS]) {
  /* A column without nulls leaves its bitmap out: a buffer of length 0. */
  buffers[0] = (uni_bytes){column->validity, column->nulls == 0 ? 0 : (column->rows + 7) / 8};
  buffers[1] =
      (uni_bytes){column->values, (uint32_t)uni_values_size(column->type, column->rows)};
  buffers[2] = (uni_bytes){column->data, column->data_size};
  return uni_layout_of(column->type).bits == 0 ? 3 : 2;
}

/* Every buffer begins at a multiple of 8, and so does the message behind the last. */
static inline uint64_t uni_padded(uint32_t size) { return ((uint64_t)size + 7) & ~(uint64_t)7; }

static inline uni_output uni_batch_message(const uni_builder *columns, uint32_t count,
                                           uint64_t body_size, uint32_t buffer_count) {
  static const uint8_t sizes[] = {8, 4, 4};
  uint32_t header;
  uni_output output = uni_begin_message(UNI_HEADER_RECORD_BATCH, body_size, &header);
  uint32_t batch = uni_put_table(&output, sizes, sizeof sizes);
  uni_link(&output, header, batch);
  uni_store_u64(output.bytes + uni_place(&output, batch, UNI_BATCH_LENGTH),
                count == 0 ? 0 : columns[0].rows);
  uint32_t nodes = uni_put_vector(&output, count, UNI_PAIR_BYTES);
  uni_link(&output, uni_place(&output, batch, UNI_BATCH_NODES), nodes);
  uint32_t pairs = uni_put_vector(&output, buffer_count, UNI_PAIR_BYTES);
  uni_link(&output, uni_place(&output, batch, UNI_BATCH_BUFFERS), pairs);
  uint8_t *node = output.bytes + nodes + 4;
  uint8_t *pair = output.bytes + pairs + 4;
  uint64_t end = 0;
  for (uint32_t i = 0; i < count; i++, node += UNI_PAIR_BYTES) {
    uni_store_u64(node, columns[i].rows);
    uni_store_u64(node + 8, columns[i].nulls);
    uni_bytes buffers[UNI_MOST_BUFFERS];
    uint32_t own = uni_column_buffers(&columns[i], buffers);
    for (uint32_t k = 0; k < own; k++, pair += UNI_PAIR_BYTES) {
      uni_store_u64(pair, end);
      uni_store_u64(pair + 8, buffers[k].size);
      end += uni_padded(buffers[k].size);
    }
  }
  uni_align(&output, 8, 0);
  return output;
}

/* ---- The stream ---- */

/* Writes a message without its body, and returns where that begins. */
static inline uint8_t *uni_write_metadata(uint8_t *to, const uni_output *message) {
  uni_store_u32(to, UNI_CONTINUATION);
  uni_store_u32(to + 4, message->size);
  uni_copy(to + UNI_PREFIX_BYTES, message->bytes, message->size);
  return to + UNI_PREFIX_BYTES + message->size;
}

static inline uint8_t *uni_write_buffer(uint8_t *to, uni_bytes buffer) {
  uint32_t padded = (uint32_t)uni_padded(buffer.size);
  uni_copy(to, buffer.data, buffer.size);
  uni_zero(to + buffer.size, padded - buffer.size);
  return to + padded;
}

/* The answer of a procedure, whose columns are equally long. */
UNI_SHARED uni_answer uni_answer_columns(const uni_builder *columns, uint32_t count) {
  uint64_t body_size = 0;
  uint32_t buffer_count = 0;
  uni_bytes buffers[UNI_MOST_BUFFERS];
  for (uint32_t i = 0; i < count; i++) {
    uni_require(columns[i].rows == columns[0].rows);
    uint32_t own = uni_column_buffers(&columns[i], buffers);
    buffer_count += own;
    for (uint32_t k = 0; k < own; k++) body_size += uni_padded(buffers[k].size);
  }
  uni_output schema = uni_schema_message(columns, count);
  uni_output batch = uni_batch_message(columns, count, body_size, buffer_count);
  uint64_t size = 3 * UNI_PREFIX_BYTES + (uint64_t)schema.size + batch.size + body_size;
  uni_require(size <= INT32_MAX);

  uint8_t *stream = uni_answer_room(0, (uint32_t)size);
  uint8_t *to = uni_write_metadata(stream, &schema);
  to = uni_write_metadata(to, &batch);
  for (uint32_t i = 0; i < count; i++) {
    uint32_t own = uni_column_buffers(&columns[i], buffers);
    for (uint32_t k = 0; k < own; k++) to = uni_write_buffer(to, buffers[k]);
  }
  uni_store_u32(to, UNI_CONTINUATION);
  uni_store_u32(to + 4, 0);
  return uni_answer_of(stream, (uint32_t)size);
}

/* The answer of a scalar function or an aggregate. */
static inline uni_answer uni_answer_column(const uni_builder *column) {
  return uni_answer_columns(column, 1);
}

#endif
