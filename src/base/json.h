/* Writes JSON (RFC 8259); reads none. Members and elements are told apart by where they stand. */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stdint.h>

#include "base/buf.h"

typedef struct ab_json {
    ab_buf *out;
    int depth;
    bool first[32]; /* at each depth: nothing written yet */
    bool after_key;
} ab_json;

void ab__json_start(ab_json *json, ab_buf *out);
void ab__json_object(ab_json *json);
void ab__json_object_end(ab_json *json);
void ab__json_array(ab_json *json);
void ab__json_array_end(ab_json *json);
void ab__json_key(ab_json *json, const char *key);
void ab__json_text(ab_json *json, const char *text);   /* NULL: null */
void ab__json_number(ab_json *json, double value);     /* NaN or infinite: null */
void ab__json_count(ab_json *json, int64_t value);
void ab__json_bool(ab_json *json, bool value);

#endif
