/* UTF-8 (RFC 3629, section 4): what is text, and its code points. */
#ifndef UNI_UTF8_H
#define UNI_UTF8_H

#include "uni_plugin.h"

/* Whether the byte goes on with a code point that began before it. */
static inline bool uni_continues(uint8_t byte) { return (byte & 0xc0) == 0x80; }

/* How many bytes a code point has that begins with `lead`; 0 where none begins so. */
static inline uint32_t uni_sequence_size(uint8_t lead) {
  if (lead < 0x80) return 1;
  if (lead < 0xc2) return 0;
  if (lead < 0xe0) return 2;
  if (lead < 0xf0) return 3;
  return lead < 0xf5 ? 4 : 0;
}

static inline bool uni_is_sequence(const uint8_t *at, uint32_t size) {
  if (size == 1) return true;
  uint8_t lead = at[0];
  /* Lower is a longer form of another code point; higher a surrogate, or above U+10FFFF. */
  uint8_t lowest = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
  uint8_t highest = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
  if (at[1] < lowest || at[1] > highest) return false;
  for (uint32_t i = 2; i < size; i++) {
    if (!uni_continues(at[i])) return false;
  }
  return true;
}

UNI_SHARED bool uni_is_utf8(uni_bytes text) {
  uint32_t at = 0;
  while (at < text.size) {
    uint32_t left = text.size - at;
    /* Eight bytes of ASCII at once. */
    if (left >= 8 && (uni_load_u64(text.data + at) & 0x8080808080808080u) == 0) {
      at += 8;
      continue;
    }
    uint32_t size = uni_sequence_size(text.data[at]);
    if (size == 0 || size > left || !uni_is_sequence(text.data + at, size)) return false;
    at += size;
  }
  return true;
}

/* The code points of UTF-8: every one has one byte that goes on with no other. */
static inline uint32_t uni_count_code_points(uni_bytes text) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < text.size; i++) count += !uni_continues(text.data[i]);
  return count;
}

/* The code point at `*at` of UTF-8, which moves behind it. */
static inline uint32_t uni_next_code_point(uni_bytes text, uint32_t *at) {
  uni_require(*at < text.size);
  const uint8_t *bytes = text.data + *at;
  uint32_t size = uni_sequence_size(bytes[0]);
  uni_require(size != 0 && size <= text.size - *at);
  *at += size;
  if (size == 1) return bytes[0];
  uint32_t code_point = bytes[0] & (0x7fu >> size);
  for (uint32_t i = 1; i < size; i++) code_point = code_point << 6 | (bytes[i] & 0x3fu);
  return code_point;
}

#endif
