/* The plugin ai.example.fuzzy: how far texts are apart, numbers in bounds, the longest text. */
#define UNI_KEEPS_NOTHING
#include "uni_arrow.h"

#define LOW_ABOVE_HIGH 22
#define BAD_STATE 23

UNI_MANIFEST({
  "id": "ai.example.fuzzy",
  "version": "1.0.0",
  "abi-core": "^1",
  "capabilities": ["scalar-fn", "aggregate-fn"],
  "determinism": "pure",
  "description": "Distance of texts, numbers in bounds, the longest text"
});

UNI_REGISTRATION({
  "entries": [
    {
      "kind": "scalar",
      "qname": "ai.example.fuzzy.levenshtein",
      "signature": {
        "args": [{"kind": "primitive", "arrow": "utf8"}, {"kind": "primitive", "arrow": "utf8"}],
        "returns": {"kind": "primitive", "arrow": "int32"}
      }
    },
    {
      "kind": "scalar",
      "qname": "ai.example.fuzzy.clamp",
      "signature": {
        "args": [
          {"kind": "primitive", "arrow": "float64"},
          {"kind": "primitive", "arrow": "float64"},
          {"kind": "primitive", "arrow": "float64"}
        ],
        "returns": {"kind": "primitive", "arrow": "float64"}
      }
    },
    {
      "kind": "aggregate",
      "qname": "ai.example.fuzzy.longest",
      "signature": {
        "args": [{"kind": "primitive", "arrow": "utf8"}],
        "returns": {"kind": "primitive", "arrow": "utf8"}
      },
      "state": {"kind": "primitive", "arrow": "binary"}
    }
  ]
});

/* ---- levenshtein(a, b): the fewest code points to insert, remove or replace ---- */

/* Numbers that rows share the room of. */
typedef struct {
  uint32_t *numbers;
  uint32_t capacity;
} scratch;

static uint32_t *room(scratch *scratch, uint32_t count) {
  if (count > scratch->capacity) {
    /* Double, as what was outgrown is never given back. */
    scratch->capacity = count > UINT32_MAX / 2 ? count : count * 2;
    scratch->numbers = uni_alloc_array(scratch->capacity, sizeof(uint32_t));
  }
  return scratch->numbers;
}

static uint32_t code_points(uni_bytes text, scratch *scratch) {
  /* There are as many as bytes at most. */
  uint32_t *to = room(scratch, text.size);
  uint32_t count = 0;
  for (uint32_t at = 0; at < text.size;) to[count++] = uni_next_code_point(text, &at);
  return count;
}

/* Row by row of the table of the distances of all beginnings, of which only one row is kept. */
static uint32_t distance(const uint32_t *a, uint32_t a_count, const uint32_t *b, uint32_t b_count,
                         scratch *scratch) {
  /* What both begin and end with costs nothing. */
  while (a_count > 0 && b_count > 0 && a[0] == b[0]) a++, b++, a_count--, b_count--;
  while (a_count > 0 && b_count > 0 && a[a_count - 1] == b[b_count - 1]) a_count--, b_count--;
  uint32_t *row = room(scratch, b_count + 1);
  for (uint32_t j = 0; j <= b_count; j++) row[j] = j;
  for (uint32_t i = 0; i < a_count; i++) {
    uint32_t diagonal = row[0];
    row[0] = i + 1;
    for (uint32_t j = 0; j < b_count; j++) {
      uint32_t best = diagonal + (a[i] != b[j]);
      diagonal = row[j + 1];
      if (diagonal + 1 < best) best = diagonal + 1;
      if (row[j] + 1 < best) best = row[j] + 1;
      row[j + 1] = best;
    }
  }
  return row[b_count];
}

UNI_SCALAR(ai_example_fuzzy_levenshtein) {
  uni_batch *batch = uni_read(input, length);
  uni_column a = uni_next(batch, UNI_UTF8);
  uni_column b = uni_next(batch, UNI_UTF8);
  if (!uni_finish(batch)) return uni_fail(UNI_BAD_INPUT, batch->error);

  scratch left = {NULL, 0}, right = {NULL, 0}, table = {NULL, 0};
  uni_builder result = uni_build(UNI_INT32, batch->rows);
  for (uint32_t row = 0; row < batch->rows; row++) {
    if (uni_is_null(&a, row) || uni_is_null(&b, row)) {
      uni_put_null(&result);
      continue;
    }
    uint32_t a_count = code_points(uni_get_bytes(&a, row), &left);
    uint32_t b_count = code_points(uni_get_bytes(&b, row), &right);
    uint32_t far = distance(left.numbers, a_count, right.numbers, b_count, &table);
    uni_put_int32(&result, (int32_t)far);
  }
  return uni_answer_column(&result);
}

/* ---- clamp(x, low, high): x, or the bound that it is beyond; NaN is beyond nothing ---- */

UNI_SCALAR(ai_example_fuzzy_clamp) {
  uni_batch *batch = uni_read(input, length);
  uni_column x = uni_next(batch, UNI_FLOAT64);
  uni_column low = uni_next(batch, UNI_FLOAT64);
  uni_column high = uni_next(batch, UNI_FLOAT64);
  if (!uni_finish(batch)) return uni_fail(UNI_BAD_INPUT, batch->error);

  uni_builder result = uni_build(UNI_FLOAT64, batch->rows);
  for (uint32_t row = 0; row < batch->rows; row++) {
    if (uni_is_null(&x, row) || uni_is_null(&low, row) || uni_is_null(&high, row)) {
      uni_put_null(&result);
      continue;
    }
    double value = uni_get_float64(&x, row);
    double least = uni_get_float64(&low, row);
    double most = uni_get_float64(&high, row);
    if (least > most) return uni_fail_row(LOW_ABOVE_HIGH, "clamp: low is above high", row);
    uni_put_float64(&result, value < least ? least : value > most ? most : value);
  }
  return uni_answer_column(&result);
}

/*
 * ---- longest(text): the one of the most code points; of several the first by code points, so that
 * it does not matter in which order states are merged ----
 *
 * The state is a byte, 0 where there was no text yet, or 1 and the text.
 */

typedef struct {
  bool is_set;
  uni_bytes text;
  uint32_t code_points;
} best;

/* UTF-8 sorts by its bytes as by its code points. */
static bool comes_before(uni_bytes a, uni_bytes b) {
  for (uint32_t i = 0; i < a.size && i < b.size; i++) {
    if (a.data[i] != b.data[i]) return a.data[i] < b.data[i];
  }
  return a.size < b.size;
}

static void consider(best *best, uni_bytes text) {
  uint32_t count = uni_count_code_points(text);
  if (best->is_set) {
    if (count < best->code_points) return;
    if (count == best->code_points && !comes_before(text, best->text)) return;
  }
  best->is_set = true;
  best->text = text;
  best->code_points = count;
}

/* Considers the text of a state; false where the bytes are none. */
static bool consider_state(best *best, uni_bytes state) {
  if (state.size == 0 || state.data[0] > 1) return false;
  uni_bytes text = {state.data + 1, state.size - 1};
  if (state.data[0] == 0) return text.size == 0;
  if (!uni_is_utf8(text)) return false;
  consider(best, text);
  return true;
}

static uni_answer answer_state(const best *best) {
  uint32_t size = best->is_set ? best->text.size : 0;
  uint8_t *state = uni_answer_room(0, size + 1);
  state[0] = best->is_set;
  uni_copy(state + 1, best->text.data, size);
  return uni_answer_of(state, size + 1);
}

static uni_answer bad_state(void) {
  return uni_fail(BAD_STATE, "longest: the bytes are no state of it");
}

UNI_AGGREGATE_NEW(ai_example_fuzzy_longest) { return answer_state(&(best){.is_set = false}); }

UNI_AGGREGATE_UPDATE(ai_example_fuzzy_longest) {
  uni_bytes state;
  uni_batch *batch = uni_read_envelope(input, length, &state);
  uni_column text = uni_next(batch, UNI_UTF8);
  if (!uni_finish(batch)) return uni_fail(UNI_BAD_INPUT, batch->error);

  best best = {.is_set = false};
  if (!consider_state(&best, state)) return bad_state();
  for (uint32_t row = 0; row < batch->rows; row++) {
    if (!uni_is_null(&text, row)) consider(&best, uni_get_bytes(&text, row));
  }
  return answer_state(&best);
}

UNI_AGGREGATE_MERGE(ai_example_fuzzy_longest) {
  uni_bytes state;
  uni_batch *batch = uni_read_envelope(input, length, &state);
  uni_column partial = uni_next(batch, UNI_BINARY);
  if (!uni_finish(batch)) return uni_fail(UNI_BAD_INPUT, batch->error);

  best best = {.is_set = false};
  if (!consider_state(&best, state)) return bad_state();
  for (uint32_t row = 0; row < batch->rows; row++) {
    if (uni_is_null(&partial, row)) return bad_state();
    if (!consider_state(&best, uni_get_bytes(&partial, row))) return bad_state();
  }
  return answer_state(&best);
}

UNI_AGGREGATE_EVALUATE(ai_example_fuzzy_longest) {
  best best = {.is_set = false};
  if (!consider_state(&best, (uni_bytes){input, length})) return bad_state();
  uni_builder result = uni_build(UNI_UTF8, 1);
  if (best.is_set)
    uni_put_bytes(&result, best.text);
  else
    uni_put_null(&result);
  return uni_answer_column(&result);
}
