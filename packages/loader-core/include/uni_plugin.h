/*
 * The core ABI of docs/wire-contract.md for plugins in C: exports, memory, answers, host functions.
 * It needs no libc:
 *
 *   clang --target=wasm32-unknown-unknown -nostdlib -ffreestanding -O2 -mbulk-memory \
 *     -Wl,--no-entry -Wl,--stack-first -Wl,--strip-all -I include -o plugin.wasm plugin.c
 *
 * A stack that is first in memory traps where it overflows, instead of running into the data.
 * The headers may be included in several files of one plugin.
 */
#ifndef UNI_PLUGIN_H
#define UNI_PLUGIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

_Static_assert(sizeof(void *) == 4, "the core ABI is one of 32-bit WebAssembly");

/* Bytes that lie somewhere else. */
typedef struct {
  const uint8_t *data;
  uint32_t size;
} uni_bytes;

/* What is not worth a copy at every place that calls it. */
#define UNI_SHARED static inline __attribute__((noinline))

/* ---- Bytes ---- */

/* Nothing may be anywhere, but memcpy of a null pointer is undefined even for nothing. */
static inline void uni_copy(void *to, const void *from, uint32_t size) {
  if (size != 0) __builtin_memcpy(to, from, size);
}

static inline void uni_zero(void *at, uint32_t size) {
  if (size != 0) __builtin_memset(at, 0, size);
}

#define UNI_LOAD_STORE(TYPE, NAME)                                                                 \
  static inline TYPE uni_load_##NAME(const void *at) {                                             \
    TYPE value;                                                                                    \
    __builtin_memcpy(&value, at, sizeof value);                                                    \
    return value;                                                                                  \
  }                                                                                                \
  static inline void uni_store_##NAME(void *at, TYPE value) {                                      \
    __builtin_memcpy(at, &value, sizeof value);                                                    \
  }

/* Of any address, aligned or not. */
UNI_LOAD_STORE(uint16_t, u16)
UNI_LOAD_STORE(uint32_t, u32)
UNI_LOAD_STORE(uint64_t, u64)
UNI_LOAD_STORE(float, f32)
UNI_LOAD_STORE(double, f64)

/* The bytes of a string, without the zero behind it. */
static inline uni_bytes uni_text(const char *text) {
  uint32_t size = 0;
  while (text[size] != 0) size++;
  return (uni_bytes){(const uint8_t *)text, size};
}

/* ---- Memory ---- */

/* For what can only be a mistake of the plugin, or a lack of memory: the call ends. */
static inline void uni_require(bool condition) {
  if (!condition) __builtin_trap();
}

/* Set by the linker: where the data ends. */
extern unsigned char __heap_base;

/* Where the next block may begin; 0 before the first. */
__attribute__((weak)) uint32_t uni_heap_top = 0;

/*
 * A block of `size` bytes at a multiple of 16, of any content; traps where there is no memory.
 * Nothing is given back: the next call has a fresh instance, unless it is one of the same session
 * (UNI_KEEPS_NOTHING, below).
 */
UNI_SHARED void *uni_alloc(uint32_t size) {
  uint64_t top = uni_heap_top != 0 ? uni_heap_top : (uint32_t)&__heap_base;
  uint64_t start = (top + 15) & ~(uint64_t)15;
  uint64_t end = start + size;
  uni_require(end <= UINT32_MAX);
  uint64_t memory = (uint64_t)__builtin_wasm_memory_size(0) << 16;
  if (end > memory) {
    size_t pages = (size_t)((end - memory + 0xffff) >> 16);
    uni_require(__builtin_wasm_memory_grow(0, pages) != SIZE_MAX);
  }
  uni_heap_top = (uint32_t)end;
  return (void *)(uint32_t)start;
}

/* Room for `count` elements of `size` bytes. */
static inline void *uni_alloc_array(uint32_t count, uint32_t size) {
  uint64_t bytes = (uint64_t)count * size;
  uni_require(bytes <= UINT32_MAX);
  return uni_alloc((uint32_t)bytes);
}

/* ---- Exports ---- */

#define UNI_EXPORT(NAME) __attribute__((export_name(NAME), visibility("default")))

UNI_EXPORT("alloc") __attribute__((weak)) void *uni_export_alloc(uint32_t length) {
  return uni_alloc(length);
}

/*
 * In a session the host calls again once it has copied an answer. A plugin that keeps no block from
 * one call to the next defines UNI_KEEPS_NOTHING in front of this header, and all of them are used
 * again; otherwise a long session comes to the end of its memory.
 */
UNI_EXPORT("dealloc")
__attribute__((weak)) void uni_export_dealloc(void *block, uint32_t length) {
  (void)block;
  (void)length;
#ifdef UNI_KEEPS_NOTHING
  uni_heap_top = 0;
#endif
}

/* An answer that is packed: a pointer in the high half, a length in the low one. */
typedef uint64_t uni_answer;

/* Begins a function of the ABI, whose parameters are `input` and `length`. */
#define UNI_FUNCTION(EXPORT, NAME)                                                                 \
  UNI_EXPORT(EXPORT) uni_answer NAME(const uint8_t *, uint32_t);                                   \
  uni_answer NAME(const uint8_t *input __attribute__((unused)),                                    \
                  uint32_t length __attribute__((unused)))

/* Each begins a function; STEM is the qname with every dot as an underscore. */
#define UNI_SCALAR(STEM) UNI_FUNCTION("invoke_" #STEM, invoke_##STEM)
#define UNI_AGGREGATE_NEW(STEM) UNI_FUNCTION("agg_" #STEM "_new", agg_##STEM##_new)
#define UNI_AGGREGATE_UPDATE(STEM) UNI_FUNCTION("agg_" #STEM "_update", agg_##STEM##_update)
#define UNI_AGGREGATE_MERGE(STEM) UNI_FUNCTION("agg_" #STEM "_merge", agg_##STEM##_merge)
#define UNI_AGGREGATE_EVALUATE(STEM) UNI_FUNCTION("agg_" #STEM "_evaluate", agg_##STEM##_evaluate)
#define UNI_PROCEDURE(STEM) UNI_FUNCTION("proc_" #STEM "_invoke", proc_##STEM##_invoke)

/* The two documents, whole; their JSON is written as it is, without quotes around it. */
#define UNI_MANIFEST(...) UNI_DOCUMENT("manifest", uni_manifest, #__VA_ARGS__)
#define UNI_REGISTRATION(...) UNI_DOCUMENT("register", uni_registration, #__VA_ARGS__)
#define UNI_DOCUMENT(EXPORT, NAME, TEXT)                                                           \
  UNI_FUNCTION(EXPORT, NAME) {                                                                     \
    static const char text[] = TEXT;                                                               \
    return uni_ok(text, sizeof text - 1);                                                          \
  }                                                                                                \
  _Static_assert(sizeof TEXT > 1, "the document is empty")

/* ---- Answers ---- */

/* Room for `size` bytes behind a status: at a multiple of 8, so that a host need not copy them. */
static inline uint8_t *uni_answer_room(uint32_t status, uint32_t size) {
  uni_require(size <= UINT32_MAX - 8);
  uint8_t *payload = (uint8_t *)uni_alloc(size + 8) + 8;
  uni_store_u32(payload - 4, status);
  return payload;
}

/* The answer whose room was filled. */
static inline uni_answer uni_answer_of(const uint8_t *payload, uint32_t size) {
  return (uint64_t)(uint32_t)(payload - 4) << 32 | (size + 4);
}

UNI_SHARED uni_answer uni_answer_bytes(uint32_t status, uni_bytes bytes) {
  uint8_t *payload = uni_answer_room(status, bytes.size);
  uni_copy(payload, bytes.data, bytes.size);
  return uni_answer_of(payload, bytes.size);
}

static inline uni_answer uni_ok(const void *bytes, uint32_t size) {
  return uni_answer_bytes(0, (uni_bytes){bytes, size});
}

/* A failure with a code, which is not 0, and a message in UTF-8. */
static inline uni_answer uni_fail(uint32_t code, const char *message) {
  uni_require(code != 0);
  return uni_answer_bytes(code, uni_text(message));
}

#define UNI_MOST_DIGITS 10

/* Writes a number as decimal digits, and returns how many. */
static inline uint32_t uni_digits(uint8_t *to, uint32_t number) {
  uint32_t count = 1;
  for (uint32_t rest = number / 10; rest != 0; rest /= 10) count++;
  for (uint32_t i = count; i > 0; i--, number /= 10) to[i - 1] = (uint8_t)('0' + number % 10);
  return count;
}

/* A failure whose message ends with the row, which counts from 0. */
UNI_SHARED uni_answer uni_fail_row(uint32_t code, const char *message, uint32_t row) {
  uni_bytes what = uni_text(message), where = uni_text(" in row ");
  uint8_t *text = uni_alloc(what.size + where.size + UNI_MOST_DIGITS);
  uni_copy(text, what.data, what.size);
  uni_copy(text + what.size, where.data, where.size);
  uint32_t size = what.size + where.size;
  size += uni_digits(text + size, row);
  uni_require(code != 0);
  return uni_answer_bytes(code, (uni_bytes){text, size});
}

/* ---- Host functions ---- */

/* Declares a function of the host. A module imports those that it calls, and no others. */
#define UNI_HOST_FUNCTION(NAME)                                                                    \
  __attribute__((import_module("uni:plugin"), import_name(#NAME))) uint64_t NAME(const void *,     \
                                                                                 uint32_t)

UNI_HOST_FUNCTION(uni_host_log);
UNI_HOST_FUNCTION(uni_traceparent);
UNI_HOST_FUNCTION(uni_metric_counter);

/* What a host function gave: `uni_given(uni_traceparent(NULL, 0))`. Nothing has size 0. */
static inline uni_bytes uni_given(uint64_t packed) {
  return (uni_bytes){(const uint8_t *)(uint32_t)(packed >> 32), (uint32_t)packed};
}

/* Writes text as what stands between the quotes of a JSON string; returns where it ends. */
UNI_SHARED uint8_t *uni_json_text(uint8_t *to, uni_bytes text) {
  static const char digits[] = "0123456789abcdef";
  for (uint32_t i = 0; i < text.size; i++) {
    uint8_t byte = text.data[i];
    if (byte < 0x20) {
      uni_copy(to, "\\u00", 4);
      to[4] = (uint8_t)digits[byte >> 4];
      to[5] = (uint8_t)digits[byte & 15];
      to += 6;
      continue;
    }
    if (byte == '"' || byte == '\\') *to++ = '\\';
    *to++ = byte;
  }
  return to;
}

/* Logs UTF-8 at "trace", "debug", "info", "warn" or "error". */
UNI_SHARED void uni_log_bytes(const char *level, uni_bytes message) {
  uni_bytes before = uni_text("{\"level\":\""), between = uni_text("\",\"message\":\"");
  uni_bytes name = uni_text(level), after = uni_text("\"}");
  uint64_t most = 6 * ((uint64_t)name.size + message.size) + 32;
  uni_require(most <= UINT32_MAX);
  uint8_t *document = uni_alloc((uint32_t)most);
  uni_copy(document, before.data, before.size);
  uint8_t *end = uni_json_text(document + before.size, name);
  uni_copy(end, between.data, between.size);
  end = uni_json_text(end + between.size, message);
  uni_copy(end, after.data, after.size);
  uni_host_log(document, (uint32_t)(end + after.size - document));
}

static inline void uni_log(const char *level, const char *message) {
  uni_log_bytes(level, uni_text(message));
}

/* ---- What compilers call of their own accord, libc or not ---- */

__attribute__((weak, no_builtin)) void *memset(void *at, int value, size_t size) {
  unsigned char *bytes = at;
  for (size_t i = 0; i < size; i++) bytes[i] = (unsigned char)value;
  return at;
}

__attribute__((weak, no_builtin)) void *memcpy(void *restrict to, const void *restrict from,
                                               size_t size) {
  unsigned char *target = to;
  const unsigned char *source = from;
  for (size_t i = 0; i < size; i++) target[i] = source[i];
  return to;
}

__attribute__((weak, no_builtin)) void *memmove(void *to, const void *from, size_t size) {
  unsigned char *target = to;
  const unsigned char *source = from;
  if ((uintptr_t)target - (uintptr_t)source >= size) {
    for (size_t i = 0; i < size; i++) target[i] = source[i];
  } else {
    for (size_t i = size; i > 0; i--) target[i - 1] = source[i - 1];
  }
  return to;
}

__attribute__((weak, no_builtin)) int memcmp(const void *left, const void *right, size_t size) {
  const unsigned char *a = left;
  const unsigned char *b = right;
  for (size_t i = 0; i < size; i++) {
    if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
  }
  return 0;
}

#endif
