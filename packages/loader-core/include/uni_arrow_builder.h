/*
 * Collects a column, row by row:
 *
 *   uni_builder sums = uni_build(UNI_FLOAT64, batch->rows);
 *   uni_put_float64(&sums, 1.5);
 *   uni_put_null(&sums);
 *
 * Putting a value of another type than the column's traps.
 */
#ifndef UNI_ARROW_BUILDER_H
#define UNI_ARROW_BUILDER_H

#include "uni_arrow_types.h"

typedef struct {
  uni_type type;
  uint32_t rows;
  uint32_t nulls;

  /* The rest is the builder's own. */
  uint32_t capacity;
  /* One bit a row, least significant first. */
  uint8_t *validity;
  /* The values; where those have any length, the offset of each, and that where the last ends. */
  uint8_t *values;
  uint8_t *data;
  uint32_t data_size;
  uint32_t data_capacity;
} uni_builder;

/* A block of zeros that begins with what an older one has. */
static inline uint8_t *uni_larger(const uint8_t *old, uint64_t old_size, uint64_t size) {
  uni_require(size <= INT32_MAX);
  uint8_t *block = uni_alloc((uint32_t)size);
  uni_copy(block, old, (uint32_t)old_size);
  uni_zero(block + old_size, (uint32_t)(size - old_size));
  return block;
}

/* Bytes of the values or offsets of so many rows. */
static inline uint64_t uni_values_size(uni_type type, uint32_t rows) {
  uni_layout layout = uni_layout_of(type);
  if (layout.bits == 0) return ((uint64_t)rows + 1) * layout.offset_size;
  return ((uint64_t)rows * layout.bits + 7) / 8;
}

UNI_SHARED void uni_reserve(uni_builder *builder, uint32_t capacity) {
  uni_require(capacity >= builder->rows && capacity <= INT32_MAX - 7);
  capacity = (capacity + 7) & ~7u;
  uint32_t old = builder->capacity;
  uint64_t old_size = builder->values == NULL ? 0 : uni_values_size(builder->type, old);
  builder->validity = uni_larger(builder->validity, old / 8, capacity / 8);
  builder->values = uni_larger(builder->values, old_size, uni_values_size(builder->type, capacity));
  builder->capacity = capacity;
}

/* A column without rows; room for more than `expected` is made as they come. */
static inline uni_builder uni_build(uni_type type, uint32_t expected) {
  uni_builder builder = {.type = type};
  uni_reserve(&builder, expected);
  return builder;
}

/* Begins the next row, and returns its number. */
static inline uint32_t uni_next_row(uni_builder *builder) {
  if (builder->rows == builder->capacity) uni_reserve(builder, builder->capacity * 2 + 8);
  return builder->rows++;
}

static inline void uni_set_bit(uint8_t *bits, uint32_t row) {
  bits[row / 8] = (uint8_t)(bits[row / 8] | 1u << row % 8);
}

static inline uint32_t uni_valid_row(uni_builder *builder) {
  uint32_t row = uni_next_row(builder);
  uni_set_bit(builder->validity, row);
  return row;
}

/* The next row of values of any length ends where the data ends. */
static inline void uni_end_bytes(uni_builder *builder, uint32_t row) {
  if (uni_layout_of(builder->type).offset_size == 8)
    uni_store_u64(builder->values + ((uint64_t)row + 1) * 8, builder->data_size);
  else
    uni_store_u32(builder->values + ((uint64_t)row + 1) * 4, builder->data_size);
}

static inline void uni_put_null(uni_builder *builder) {
  uint32_t row = uni_next_row(builder);
  builder->nulls++;
  if (uni_layout_of(builder->type).bits == 0) uni_end_bytes(builder, row);
}

static inline void uni_put_int32(uni_builder *builder, int32_t value) {
  uni_require(builder->type == UNI_INT32);
  uint64_t row = uni_valid_row(builder);
  uni_store_u32(builder->values + row * 4, (uint32_t)value);
}

/* Of dates and timestamps too, in milliseconds. */
static inline void uni_put_int64(uni_builder *builder, int64_t value) {
  uni_require(builder->type == UNI_INT64 || builder->type == UNI_DATE64 ||
              builder->type == UNI_TIMESTAMP_MS);
  uint64_t row = uni_valid_row(builder);
  uni_store_u64(builder->values + row * 8, (uint64_t)value);
}

static inline void uni_put_float32(uni_builder *builder, float value) {
  uni_require(builder->type == UNI_FLOAT32);
  uint64_t row = uni_valid_row(builder);
  uni_store_f32(builder->values + row * 4, value);
}

static inline void uni_put_float64(uni_builder *builder, double value) {
  uni_require(builder->type == UNI_FLOAT64);
  uint64_t row = uni_valid_row(builder);
  uni_store_f64(builder->values + row * 8, value);
}

static inline void uni_put_boolean(uni_builder *builder, bool value) {
  uni_require(builder->type == UNI_BOOLEAN);
  uint32_t row = uni_valid_row(builder);
  if (value) uni_set_bit(builder->values, row);
}

/* Of text, which must be UTF-8, and of binaries. */
static inline void uni_put_bytes(uni_builder *builder, uni_bytes bytes) {
  uni_require(uni_layout_of(builder->type).bits == 0);
  uint64_t end = (uint64_t)builder->data_size + bytes.size;
  if (end > builder->data_capacity) {
    uni_require(end <= INT32_MAX);
    uint64_t capacity = end * 2 > INT32_MAX ? INT32_MAX : end * 2;
    uint8_t *data = uni_alloc((uint32_t)capacity);
    uni_copy(data, builder->data, builder->data_size);
    builder->data = data;
    builder->data_capacity = (uint32_t)capacity;
  }
  if (bytes.size != 0) uni_copy(builder->data + builder->data_size, bytes.data, bytes.size);
  builder->data_size = (uint32_t)end;
  uni_end_bytes(builder, uni_valid_row(builder));
}

#endif
