/* HXL hashtags (HXL 1.1): a tag and attributes in any order, "#population +f +min". */
#ifndef SCHEMA_TAG_H
#define SCHEMA_TAG_H

#include "airbridge/schema.h"

bool ab__is_tag(const char *text);

/* The column of `table` that the hashtag `text` stands for, or -1. First the one with the same tag and
 * attributes; if there is none, the only one whose attributes are some of them, or all of them and more.
 * Where several fit alike the result is -1, and the first two are `*one` and `*other`; else both are -1.
 * Attributes that speak of some of the people only (women, children, households) are never passed over. */
int32_t ab__tag_find(const ab_table *table, const char *text, int32_t *one, int32_t *other);

#endif
