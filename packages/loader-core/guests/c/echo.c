/*
 * The plugin ai.example.echo: every type there and back, and the functions of the host. It shows
 * what text_distance.c has no use for.
 */
#include "uni_arrow.h"

UNI_MANIFEST({
  "id": "ai.example.echo",
  "version": "1.0.0",
  "abi-core": "^1",
  "capabilities": ["scalar-fn", "procedure"],
  "determinism": "nondeterministic",
  "description": "Gives back what it gets"
});

UNI_REGISTRATION({
  "entries": [
    {
      "kind": "procedure",
      "qname": "ai.example.echo.columns",
      "args": [
        {"kind": "primitive", "arrow": "int32"},
        {"kind": "primitive", "arrow": "int64"},
        {"kind": "primitive", "arrow": "float32"},
        {"kind": "primitive", "arrow": "float64"},
        {"kind": "primitive", "arrow": "boolean"},
        {"kind": "primitive", "arrow": "utf8"},
        {"kind": "primitive", "arrow": "binary"},
        {"kind": "primitive", "arrow": "largebinary"},
        {"kind": "primitive", "arrow": "date64"},
        {"kind": "primitive", "arrow": "timestamp_ms"}
      ],
      "yields": [
        {"kind": "primitive", "arrow": "int32"},
        {"kind": "primitive", "arrow": "int64"},
        {"kind": "primitive", "arrow": "float32"},
        {"kind": "primitive", "arrow": "float64"},
        {"kind": "primitive", "arrow": "boolean"},
        {"kind": "primitive", "arrow": "utf8"},
        {"kind": "primitive", "arrow": "binary"},
        {"kind": "primitive", "arrow": "largebinary"},
        {"kind": "primitive", "arrow": "date64"},
        {"kind": "primitive", "arrow": "timestamp_ms"}
      ]
    },
    {
      "kind": "scalar",
      "qname": "ai.example.echo.traced",
      "signature": {
        "args": [{"kind": "primitive", "arrow": "utf8"}],
        "returns": {"kind": "primitive", "arrow": "utf8"},
        "volatility": "volatile",
        "null_handling": "user_handled"
      }
    }
  ]
});

static void copy_row(uni_builder *to, const uni_column *from, uint32_t row) {
  if (uni_is_null(from, row)) {
    uni_put_null(to);
    return;
  }
  switch (from->type) {
    case UNI_INT32:
      uni_put_int32(to, uni_get_int32(from, row));
      break;
    case UNI_INT64:
    case UNI_DATE64:
    case UNI_TIMESTAMP_MS:
      uni_put_int64(to, uni_get_int64(from, row));
      break;
    case UNI_FLOAT32:
      uni_put_float32(to, uni_get_float32(from, row));
      break;
    case UNI_FLOAT64:
      uni_put_float64(to, uni_get_float64(from, row));
      break;
    case UNI_BOOLEAN:
      uni_put_boolean(to, uni_get_boolean(from, row));
      break;
    case UNI_UTF8:
    case UNI_BINARY:
    case UNI_LARGE_BINARY:
      uni_put_bytes(to, uni_get_bytes(from, row));
      break;
  }
}

/* columns(…): the same rows. */
UNI_PROCEDURE(ai_example_echo_columns) {
  static const uni_type types[] = {
      UNI_INT32, UNI_INT64,  UNI_FLOAT32,      UNI_FLOAT64, UNI_BOOLEAN,
      UNI_UTF8,  UNI_BINARY, UNI_LARGE_BINARY, UNI_DATE64,  UNI_TIMESTAMP_MS,
  };
  enum { COUNT = sizeof types / sizeof types[0] };
  uni_column columns[COUNT];
  uni_batch *batch = uni_read(input, length);
  for (uint32_t i = 0; i < COUNT; i++) columns[i] = uni_next(batch, types[i]);
  if (!uni_finish(batch)) return uni_fail(UNI_BAD_INPUT, batch->error);

  uni_builder yields[COUNT];
  for (uint32_t i = 0; i < COUNT; i++) {
    /* Nothing is expected, so that the columns have to grow. */
    yields[i] = uni_build(types[i], 0);
    for (uint32_t row = 0; row < batch->rows; row++) copy_row(&yields[i], &columns[i], row);
  }
  return uni_answer_columns(yields, COUNT);
}

/* traced(text): logs the text, and is the traceparent, or null where there is none. */
UNI_SCALAR(ai_example_echo_traced) {
  uni_batch *batch = uni_read(input, length);
  uni_column text = uni_next(batch, UNI_UTF8);
  if (!uni_finish(batch)) return uni_fail(UNI_BAD_INPUT, batch->error);

  uni_builder result = uni_build(UNI_UTF8, batch->rows);
  for (uint32_t row = 0; row < batch->rows; row++) {
    if (!uni_is_null(&text, row)) uni_log_bytes("info", uni_get_bytes(&text, row));
    uni_bytes traceparent = uni_given(uni_traceparent(NULL, 0));
    if (traceparent.size == 0)
      uni_put_null(&result);
    else
      uni_put_bytes(&result, traceparent);
  }
  return uni_answer_column(&result);
}
