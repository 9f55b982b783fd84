/*
 * Reads any flatbuffer, within its bounds (https://flatbuffers.dev/internals).
 *
 * Nothing here traps: the first mistake is kept in `error`, and what cannot be read is absent.
 */
#ifndef UNI_FLATBUFFER_READ_H
#define UNI_FLATBUFFER_READ_H

#include "uni_plugin.h"

/* Keeps the first mistake, and is false. */
static inline bool uni_mistake(const char **error, const char *message) {
  if (*error == NULL) *error = message;
  return false;
}

/* The bytes of one flatbuffer. */
typedef struct {
  const uint8_t *bytes;
  uint32_t size;
  const char **error;
} uni_flat;

/*
 * A table begins with the signed distance back to its vtable. A vtable is u16 its own size, u16 the
 * table's size, then one u16 per slot: where the field lies in the table, 0 for one that is absent.
 * A table that cannot be read has an empty vtable.
 */
typedef struct {
  uni_flat flat;
  uint32_t start;
  uint32_t size;
  uint32_t vtable;
  uint32_t vtable_size;
} uni_table;

/* A vector is a u32 count, then the elements, each directly or as a u32 offset. */
typedef struct {
  uni_flat flat;
  uint32_t start;
  uint32_t count;
} uni_vector;

/* Takes 64-bit numbers, because a sum of 32-bit offsets may wrap around. */
static inline bool uni_flat_has(const uni_flat *flat, uint64_t at, uint64_t size) {
  if (at <= flat->size && size <= flat->size - at) return true;
  return uni_mistake(flat->error, "a flatbuffer's offset points outside of it");
}

UNI_SHARED uni_table uni_table_at(const uni_flat *flat, uint64_t at) {
  uni_table none = {*flat, 0, 0, 0, 0};
  if (!uni_flat_has(flat, at, 4)) return none;
  int32_t back = (int32_t)uni_load_u32(flat->bytes + at);
  /* One that is negative is too large as well, without a sign. */
  uint64_t vtable = (uint64_t)((int64_t)at - back);
  if (!uni_flat_has(flat, vtable, 4)) return none;
  uint32_t vtable_size = uni_load_u16(flat->bytes + vtable);
  uint32_t size = uni_load_u16(flat->bytes + vtable + 2);
  if (vtable_size < 4 || vtable_size % 2 != 0 || size < 4) {
    uni_mistake(flat->error, "a flatbuffer has a table without a header");
    return none;
  }
  if (!uni_flat_has(flat, vtable, vtable_size) || !uni_flat_has(flat, at, size)) return none;
  return (uni_table){*flat, (uint32_t)at, size, (uint32_t)vtable, vtable_size};
}

/* The table that an offset points to, which counts from its own place. */
UNI_SHARED uni_table uni_table_behind(const uni_flat *flat, uint32_t place) {
  if (!uni_flat_has(flat, place, 4)) return (uni_table){*flat, 0, 0, 0, 0};
  return uni_table_at(flat, (uint64_t)place + uni_load_u32(flat->bytes + place));
}

/* The field of `size` bytes in a slot; NULL where it is absent. */
UNI_SHARED const uint8_t *uni_field(const uni_table *table, uint32_t slot, uint32_t size) {
  uint32_t entry = 4 + slot * 2;
  if (entry + 2 > table->vtable_size) return NULL;
  uint32_t offset = uni_load_u16(table->flat.bytes + table->vtable + entry);
  if (offset == 0) return NULL;
  if (offset < 4 || offset + size > table->size) {
    uni_mistake(table->flat.error, "a flatbuffer has a field outside its table");
    return NULL;
  }
  return table->flat.bytes + table->start + offset;
}

static inline uint8_t uni_field_u8(const uni_table *table, uint32_t slot, uint8_t absent) {
  const uint8_t *field = uni_field(table, slot, 1);
  return field == NULL ? absent : *field;
}

static inline uint16_t uni_field_u16(const uni_table *table, uint32_t slot, uint16_t absent) {
  const uint8_t *field = uni_field(table, slot, 2);
  return field == NULL ? absent : uni_load_u16(field);
}

static inline uint32_t uni_field_u32(const uni_table *table, uint32_t slot, uint32_t absent) {
  const uint8_t *field = uni_field(table, slot, 4);
  return field == NULL ? absent : uni_load_u32(field);
}

static inline uint64_t uni_field_u64(const uni_table *table, uint32_t slot, uint64_t absent) {
  const uint8_t *field = uni_field(table, slot, 8);
  return field == NULL ? absent : uni_load_u64(field);
}

/* The table in a slot; an absent one has no fields. */
static inline uni_table uni_field_table(const uni_table *table, uint32_t slot) {
  const uint8_t *field = uni_field(table, slot, 4);
  if (field == NULL) return (uni_table){table->flat, 0, 0, 0, 0};
  return uni_table_behind(&table->flat, (uint32_t)(field - table->flat.bytes));
}

/* The vector in a slot; an absent one is empty. */
UNI_SHARED uni_vector uni_field_vector(const uni_table *table, uint32_t slot, uint32_t size) {
  const uni_flat *flat = &table->flat;
  uni_vector none = {*flat, 0, 0};
  const uint8_t *field = uni_field(table, slot, 4);
  if (field == NULL) return none;
  uint64_t at = (uint64_t)(field - flat->bytes) + uni_load_u32(field);
  if (!uni_flat_has(flat, at, 4)) return none;
  uint32_t count = uni_load_u32(flat->bytes + at);
  if (!uni_flat_has(flat, at + 4, (uint64_t)count * size)) return none;
  return (uni_vector){*flat, (uint32_t)at + 4, count};
}

/* Element `index`, which is below the count, of a vector of tables. */
static inline uni_table uni_vector_table(const uni_vector *vector, uint32_t index) {
  return uni_table_behind(&vector->flat, vector->start + index * 4);
}

#endif
