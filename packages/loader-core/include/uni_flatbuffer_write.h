/*
 * Writes one flatbuffer from its beginning: a table first, then what its fields point to, because
 * an offset can only point forward. Places count from the beginning.
 */
#ifndef UNI_FLATBUFFER_WRITE_H
#define UNI_FLATBUFFER_WRITE_H

#include "uni_plugin.h"

typedef struct {
  uint8_t *bytes;
  uint32_t size;
  uint32_t capacity;
} uni_output;

/* Appends zeros and returns their place. */
UNI_SHARED uint32_t uni_append(uni_output *output, uint32_t size) {
  uint32_t place = output->size;
  uint64_t end = (uint64_t)place + size;
  uni_require(end <= INT32_MAX);
  if (end > output->capacity) {
    output->capacity = (uint32_t)(end < 256 ? 512 : end * 2);
    uint8_t *bytes = uni_alloc(output->capacity);
    uni_copy(bytes, output->bytes, place);
    output->bytes = bytes;
  }
  uni_zero(output->bytes + place, size);
  output->size = (uint32_t)end;
  return place;
}

/* Pads so that behind `upcoming` more bytes the place is a multiple of `alignment`. */
static inline void uni_align(uni_output *output, uint32_t alignment, uint32_t upcoming) {
  uint32_t over = (output->size + upcoming) % alignment;
  if (over != 0) uni_append(output, alignment - over);
}

static inline void uni_put_u32(uni_output *output, uint32_t value) {
  uint32_t place = uni_append(output, 4);
  uni_store_u32(output->bytes + place, value);
}

/* Lets the offset at a place, which counts from there, point to one behind it. */
static inline void uni_link(uni_output *output, uint32_t place, uint32_t target) {
  uni_store_u32(output->bytes + place, target - place);
}

/* A table with fields of these sizes, 0 for one that is absent; all of them are 0 still. */
UNI_SHARED uint32_t uni_put_table(uni_output *output, const uint8_t *sizes, uint32_t slots) {
  uni_align(output, 2, 0);
  uint32_t vtable = uni_append(output, 4 + slots * 2);
  uni_align(output, 8, 0);
  uint32_t size = 4;
  for (uint32_t slot = 0; slot < slots; slot++) {
    if (sizes[slot] == 0) continue;
    size += (0u - size) % sizes[slot];
    uni_store_u16(output->bytes + vtable + 4 + slot * 2, (uint16_t)size);
    size += sizes[slot];
  }
  uint32_t table = uni_append(output, size);
  uni_store_u16(output->bytes + vtable, (uint16_t)(4 + slots * 2));
  uni_store_u16(output->bytes + vtable + 2, (uint16_t)size);
  uni_store_u32(output->bytes + table, table - vtable);
  return table;
}

/* The place of a field that the table has. */
static inline uint32_t uni_place(const uni_output *output, uint32_t table, uint32_t slot) {
  uint32_t vtable = table - uni_load_u32(output->bytes + table);
  return table + uni_load_u16(output->bytes + vtable + 4 + slot * 2);
}

/* A string is a byte vector with a zero behind it that its length does not count. */
UNI_SHARED uint32_t uni_put_text(uni_output *output, uni_bytes text) {
  uni_align(output, 4, 0);
  uint32_t place = uni_append(output, 4 + text.size + 1);
  uni_store_u32(output->bytes + place, text.size);
  uni_copy(output->bytes + place + 4, text.data, text.size);
  return place;
}

/* A vector of `count` elements of `size` bytes that are 0 still; elements of 16 align to 8. */
UNI_SHARED uint32_t uni_put_vector(uni_output *output, uint32_t count, uint32_t size) {
  uni_align(output, size < 8 ? 4 : 8, 4);
  uint64_t bytes = (uint64_t)count * size;
  uni_require(bytes <= INT32_MAX - 4);
  uint32_t place = uni_append(output, 4 + (uint32_t)bytes);
  uni_store_u32(output->bytes + place, count);
  return place;
}

#endif
