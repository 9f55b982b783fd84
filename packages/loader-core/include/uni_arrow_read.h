/*
 * Reads an Arrow IPC stream of one batch, column by column:
 *
 *   uni_batch *batch = uni_read(input, length);
 *   uni_column x = uni_next(batch, UNI_FLOAT64);
 *   if (!uni_finish(batch)) return uni_fail(UNI_BAD_INPUT, batch->error);
 *   for (uint32_t row = 0; row < batch->rows; row++) {
 *     if (!uni_is_null(&x, row)) sum += uni_get_float64(&x, row);
 *   }
 *
 * What is wrong with a stream is kept in `error`, and from then on there are no rows, so that it is
 * enough to ask once. Asking a column for a row or a type that it has not traps.
 */
#ifndef UNI_ARROW_READ_H
#define UNI_ARROW_READ_H

#include "uni_arrow_column.h"
#include "uni_flatbuffer_read.h"
#include "uni_utf8.h"

/* A code for inputs that are malformed, or not what was registered. */
#define UNI_BAD_INPUT 1

typedef struct {
  uint32_t rows;
  uint32_t columns;
  /* The first thing that was wrong; NULL where all is well. */
  const char *error;

  /* The rest is the reader's own. */
  uni_bytes stream;
  uint32_t at;
  uni_vector fields;
  uni_vector nodes;
  uni_vector buffers;
  uni_bytes body;
  uint32_t next_column;
  uint32_t next_node;
  uint32_t next_buffer;
} uni_batch;

/* ---- Messages ---- */

typedef struct {
  uint8_t kind;
  uni_table header;
  uni_bytes body;
} uni_message;

/* Takes the next message; false at the end of the stream, or where something is wrong. */
UNI_SHARED bool uni_take_message(uni_batch *batch, uni_message *message) {
  uni_bytes stream = batch->stream;
  const char **error = &batch->error;
  if (stream.size - batch->at < UNI_PREFIX_BYTES)
    return uni_mistake(error, "the Arrow stream ends without its end-of-stream marker");
  const uint8_t *prefix = stream.data + batch->at;
  if (uni_load_u32(prefix) != UNI_CONTINUATION)
    return uni_mistake(error, "an Arrow message does not begin with 0xFFFFFFFF");
  uint32_t metadata_size = uni_load_u32(prefix + 4);
  batch->at += UNI_PREFIX_BYTES;
  if (metadata_size == 0) return false;
  /* The length counts the padding, so that bodies begin at a multiple of 8. */
  if (metadata_size % 8 != 0)
    return uni_mistake(error, "an Arrow message's metadata is not padded to 8 bytes");
  if (metadata_size > stream.size - batch->at)
    return uni_mistake(error, "the Arrow stream ends inside a message's metadata");

  uni_flat flat = {stream.data + batch->at, metadata_size, error};
  uni_table table = uni_table_behind(&flat, 0);
  uint32_t version = uni_field_u16(&table, UNI_MESSAGE_VERSION, 0);
  if (version < UNI_METADATA_V4 || version > UNI_METADATA_V5)
    return uni_mistake(error, "an Arrow message's metadata version is neither V4 nor V5");
  message->kind = uni_field_u8(&table, UNI_MESSAGE_KIND, 0);
  message->header = uni_field_table(&table, UNI_MESSAGE_HEADER);
  uint64_t body_size = uni_field_u64(&table, UNI_MESSAGE_BODY_LENGTH, 0);
  batch->at += metadata_size;
  if (body_size > stream.size - batch->at)
    return uni_mistake(error, "the Arrow stream ends inside a message's body");
  if (body_size % 8 != 0)
    return uni_mistake(error, "an Arrow message's body is not padded to 8 bytes");
  message->body = (uni_bytes){stream.data + batch->at, (uint32_t)body_size};
  batch->at += (uint32_t)body_size;
  return *error == NULL;
}

static inline bool uni_take_schema(uni_batch *batch) {
  uni_message message;
  if (!uni_take_message(batch, &message) || message.kind != UNI_HEADER_SCHEMA)
    return uni_mistake(&batch->error, "an Arrow stream begins with a schema");
  if (message.body.size != 0) return uni_mistake(&batch->error, "an Arrow schema has a body");
  if (uni_field_u16(&message.header, UNI_SCHEMA_ENDIANNESS, 0) != 0)
    return uni_mistake(&batch->error, "the Arrow stream is big-endian");
  batch->fields = uni_field_vector(&message.header, UNI_SCHEMA_FIELDS, 4);
  return batch->error == NULL;
}

static inline bool uni_take_batch(uni_batch *batch) {
  uni_message message;
  if (!uni_take_message(batch, &message))
    return uni_mistake(&batch->error, "the Arrow stream has no record batch");
  if (message.kind != UNI_HEADER_RECORD_BATCH)
    return uni_mistake(&batch->error, "an Arrow message behind the schema is no record batch");
  if (uni_field(&message.header, UNI_BATCH_COMPRESSION, 4) != NULL)
    return uni_mistake(&batch->error, "the Arrow record batch is compressed");
  uint64_t rows = uni_field_u64(&message.header, UNI_BATCH_LENGTH, 0);
  if (rows > INT32_MAX)
    return uni_mistake(&batch->error, "the Arrow record batch's length is out of range");
  batch->nodes = uni_field_vector(&message.header, UNI_BATCH_NODES, UNI_PAIR_BYTES);
  batch->buffers = uni_field_vector(&message.header, UNI_BATCH_BUFFERS, UNI_PAIR_BYTES);
  batch->body = message.body;
  if (batch->error != NULL) return false;
  batch->columns = batch->fields.count;
  batch->rows = (uint32_t)rows;
  return true;
}

static inline bool uni_take_end(uni_batch *batch) {
  uni_message message;
  if (uni_take_message(batch, &message))
    return uni_mistake(&batch->error, "the Arrow stream has more than one record batch");
  if (batch->at != batch->stream.size)
    return uni_mistake(&batch->error, "bytes follow the end of the Arrow stream");
  return batch->error == NULL;
}

/* Reads a stream of one batch; the bytes must stay as they are. */
UNI_SHARED uni_batch *uni_read(const uint8_t *input, uint32_t length) {
  uni_batch *batch = uni_alloc(sizeof *batch);
  *batch = (uni_batch){.stream = {input, length}};
  if (!uni_take_schema(batch) || !uni_take_batch(batch) || !uni_take_end(batch)) batch->rows = 0;
  return batch;
}

/* Reads the input of an aggregate's update or merge: `[state length u32][state][stream]`. */
UNI_SHARED uni_batch *uni_read_envelope(const uint8_t *input, uint32_t length,
                                           uni_bytes *state) {
  *state = (uni_bytes){input, 0};
  if (length < 4 || uni_load_u32(input) > length - 4) {
    uni_batch *batch = uni_alloc(sizeof *batch);
    *batch = (uni_batch){.error = "the envelope is shorter than its state"};
    return batch;
  }
  *state = (uni_bytes){input + 4, uni_load_u32(input)};
  return uni_read(state->data + state->size, length - 4 - state->size);
}

/* ---- Columns ---- */

UNI_SHARED bool uni_is_type(const uni_table *field, uni_type type) {
  uni_layout layout = uni_layout_of(type);
  if (uni_field_u8(field, UNI_FIELD_KIND, 0) != layout.kind) return false;
  /* A dictionary-encoded field has the kind of its values, and only their indices in the batch. */
  if (uni_field(field, UNI_FIELD_DICTIONARY, 4) != NULL) return false;
  if (uni_field_vector(field, UNI_FIELD_CHILDREN, 4).count != 0) return false;
  uni_table parameters = uni_field_table(field, UNI_FIELD_TYPE);
  if (layout.kind == UNI_KIND_INT && uni_field_u8(&parameters, UNI_INT_IS_SIGNED, 0) == 0)
    return false;
  if (layout.kind == UNI_KIND_TIMESTAMP && uni_field(&parameters, UNI_TIMESTAMP_ZONE, 4) != NULL)
    return false;
  if (layout.parameter_size == 4)
    return uni_field_u32(&parameters, 0, layout.absent_parameter) == layout.parameter;
  if (layout.parameter_size == 2)
    return uni_field_u16(&parameters, 0, layout.absent_parameter) == layout.parameter;
  return true;
}

/* Takes a buffer of at least `needed` bytes. */
UNI_SHARED bool uni_take_buffer(uni_batch *batch, uint64_t needed, uni_bytes *buffer) {
  const char **error = &batch->error;
  if (batch->next_buffer == batch->buffers.count)
    return uni_mistake(error, "the Arrow record batch has too few buffers");
  const uint8_t *pair = batch->buffers.flat.bytes + batch->buffers.start +
                        batch->next_buffer++ * UNI_PAIR_BYTES;
  uint64_t offset = uni_load_u64(pair);
  uint64_t size = uni_load_u64(pair + 8);
  if (offset > batch->body.size || size > batch->body.size - offset)
    return uni_mistake(error, "a buffer lies outside the Arrow message's body");
  /* Where one of no bytes begins does not matter. */
  if (size != 0 && offset % 8 != 0)
    return uni_mistake(error, "a buffer does not begin at a multiple of 8 bytes");
  if (size < needed) return uni_mistake(error, "a buffer is shorter than its column's rows need");
  *buffer = (uni_bytes){batch->body.data + offset, (uint32_t)size};
  return true;
}

/* How many of the first bits are 0; those behind them may be anything. */
static inline uint32_t uni_count_unset(const uint8_t *bits, uint32_t count) {
  uint32_t set = 0;
  for (uint32_t i = 0; i < count / 8; i++) set += (uint32_t)__builtin_popcount(bits[i]);
  if (count % 8 != 0)
    set += (uint32_t)__builtin_popcount(bits[count / 8] & ((1u << count % 8) - 1));
  return count - set;
}

/* Takes the node and the validity bitmap that every column begins with. */
UNI_SHARED bool uni_take_validity(uni_batch *batch, uni_column *column) {
  const char **error = &batch->error;
  if (batch->next_node == batch->nodes.count)
    return uni_mistake(error, "the Arrow record batch has too few nodes");
  const uint8_t *node =
      batch->nodes.flat.bytes + batch->nodes.start + batch->next_node++ * UNI_PAIR_BYTES;
  if (uni_load_u64(node) != batch->rows)
    return uni_mistake(error, "a column is not as long as its record batch");
  uint64_t nulls = uni_load_u64(node + 8);
  uni_bytes bitmap;
  if (!uni_take_buffer(batch, 0, &bitmap)) return false;
  /* A column without nulls may leave its bitmap out. */
  if (bitmap.size == 0 && nulls == 0) return true;
  if (bitmap.size < (batch->rows + 7) / 8)
    return uni_mistake(error, "a validity bitmap is shorter than its column");
  if (nulls != uni_count_unset(bitmap.data, batch->rows))
    return uni_mistake(error, "a column's null count and its validity bitmap disagree");
  column->nulls = (uint32_t)nulls;
  column->validity = nulls == 0 ? NULL : bitmap.data;
  return true;
}

/* Takes the offsets, which need not begin at 0, and what they point into. */
UNI_SHARED bool uni_take_bytes(uni_batch *batch, uni_column *column, uint32_t offset_size) {
  uni_bytes offsets, data;
  /* Without rows there may be no offsets: older writers leave the buffer empty. */
  uint64_t needed = batch->rows == 0 ? 0 : ((uint64_t)batch->rows + 1) * offset_size;
  if (!uni_take_buffer(batch, needed, &offsets)) return false;
  if (!uni_take_buffer(batch, 0, &data)) return false;
  column->offsets = offsets.data;
  column->values = data.data;
  if (batch->rows == 0) return true;
  /* One that is negative is larger than any data, without a sign. */
  uint64_t last = uni_offset(column, 0);
  for (uint32_t row = 0; row < batch->rows; row++) {
    uint64_t next = uni_offset(column, row + 1);
    if (next < last) return uni_mistake(&batch->error, "a column's offsets decrease");
    last = next;
  }
  if (last > data.size) return uni_mistake(&batch->error, "a column's offsets leave its data");
  return true;
}

/* What lies under a null may be anything. */
static inline bool uni_check_text(uni_batch *batch, const uni_column *column) {
  for (uint32_t row = 0; row < column->rows; row++) {
    if (!uni_is_null(column, row) && !uni_is_utf8(uni_row_bytes(column, row)))
      return uni_mistake(&batch->error, "a text column has a row that is not UTF-8");
  }
  return true;
}

static inline bool uni_take_column(uni_batch *batch, uni_column *column) {
  if (batch->error != NULL) return false;
  if (batch->next_column == batch->columns)
    return uni_mistake(&batch->error, "the Arrow record batch has too few columns");
  uni_table field = uni_vector_table(&batch->fields, batch->next_column++);
  if (!uni_is_type(&field, column->type))
    return uni_mistake(&batch->error, "a column is not of the type that was registered");
  uni_vector name = uni_field_vector(&field, UNI_FIELD_NAME, 1);
  column->name = (uni_bytes){name.flat.bytes + name.start, name.count};
  column->rows = batch->rows;
  if (!uni_take_validity(batch, column)) return false;
  if (column->nulls != 0 && uni_field_u8(&field, UNI_FIELD_NULLABLE, 0) == 0)
    return uni_mistake(&batch->error, "a column has nulls that is not nullable");
  uni_layout layout = uni_layout_of(column->type);
  if (layout.bits == 0) {
    if (!uni_take_bytes(batch, column, layout.offset_size)) return false;
    return column->type != UNI_UTF8 || uni_check_text(batch, column);
  }
  uni_bytes values;
  if (!uni_take_buffer(batch, ((uint64_t)batch->rows * layout.bits + 7) / 8, &values)) return false;
  column->values = values.data;
  return true;
}

/* The next column, in the order of the schema, which must be of the type. */
UNI_SHARED uni_column uni_next(uni_batch *batch, uni_type type) {
  uni_column column = {.type = type};
  if (uni_take_column(batch, &column) && batch->error == NULL) return column;
  batch->rows = 0;
  return (uni_column){.type = type};
}

/* Ends the reading: whether all was well, and nothing is left over. */
static inline bool uni_finish(uni_batch *batch) {
  if (batch->error == NULL &&
      (batch->next_column != batch->columns || batch->next_node != batch->nodes.count ||
       batch->next_buffer != batch->buffers.count))
    uni_mistake(&batch->error, "the Arrow record batch has more columns than were registered");
  if (batch->error != NULL) batch->rows = 0;
  return batch->error == NULL;
}

#endif
