/*
 * A column where it lies in a stream. Asking it for a row or a type that it has not traps; the
 * value of a row that is null is whatever lies there.
 */
#ifndef UNI_ARROW_COLUMN_H
#define UNI_ARROW_COLUMN_H

#include "uni_arrow_types.h"

typedef struct {
  uni_type type;
  uint32_t rows;
  uint32_t nulls;
  uni_bytes name;
  /* One bit a row, least significant first; NULL where no row is null. */
  const uint8_t *validity;
  /* The values, or what the offsets point into. */
  const uint8_t *values;
  const uint8_t *offsets;
} uni_column;

static inline bool uni_bit(const uint8_t *bits, uint32_t row) {
  return (bits[row / 8] >> row % 8 & 1) != 0;
}

static inline bool uni_is_null(const uni_column *column, uint32_t row) {
  uni_require(row < column->rows);
  return column->validity != NULL && !uni_bit(column->validity, row);
}

static inline const uint8_t *uni_value(const uni_column *column, uint32_t row, uint32_t size) {
  uni_require(row < column->rows);
  return column->values + (uint64_t)row * size;
}

static inline int32_t uni_get_int32(const uni_column *column, uint32_t row) {
  uni_require(column->type == UNI_INT32);
  return (int32_t)uni_load_u32(uni_value(column, row, 4));
}

/* Of dates and timestamps too, in milliseconds. */
static inline int64_t uni_get_int64(const uni_column *column, uint32_t row) {
  uni_require(column->type == UNI_INT64 || column->type == UNI_DATE64 ||
              column->type == UNI_TIMESTAMP_MS);
  return (int64_t)uni_load_u64(uni_value(column, row, 8));
}

static inline float uni_get_float32(const uni_column *column, uint32_t row) {
  uni_require(column->type == UNI_FLOAT32);
  return uni_load_f32(uni_value(column, row, 4));
}

static inline double uni_get_float64(const uni_column *column, uint32_t row) {
  uni_require(column->type == UNI_FLOAT64);
  return uni_load_f64(uni_value(column, row, 8));
}

static inline bool uni_get_boolean(const uni_column *column, uint32_t row) {
  uni_require(column->type == UNI_BOOLEAN && row < column->rows);
  return uni_bit(column->values, row);
}

static inline uint64_t uni_offset(const uni_column *column, uint32_t index) {
  return column->type == UNI_LARGE_BINARY ? uni_load_u64(column->offsets + (uint64_t)index * 8)
                                          : uni_load_u32(column->offsets + (uint64_t)index * 4);
}

static inline uni_bytes uni_row_bytes(const uni_column *column, uint32_t row) {
  uint64_t start = uni_offset(column, row);
  return (uni_bytes){column->values + start, (uint32_t)(uni_offset(column, row + 1) - start)};
}

/* Of text, which is UTF-8 where the row is not null, and of binaries. */
static inline uni_bytes uni_get_bytes(const uni_column *column, uint32_t row) {
  uni_require(column->offsets != NULL && row < column->rows);
  return uni_row_bytes(column, row);
}

#endif
