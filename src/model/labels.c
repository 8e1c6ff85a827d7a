/* What people call the tables, columns and codes, from labels.def. */
#include "model/labels.h"

/* clang-format off */
#define AB_TABLE_LABEL(table, ...) [ab__table_of_##table] = {{__VA_ARGS__}},
#define AB_LABEL(...)
#define AB_CODE_LABEL(...)
const ab_label ab__table_labels[ab__table_count] = {
#include "airbridge/labels.def"
};
#undef AB_TABLE_LABEL
#undef AB_LABEL

#define AB_TABLE_LABEL(...)
#define AB_LABEL(row, member, ...) [ab__column_of_##row##_##member] = {{__VA_ARGS__}},
const ab_label ab__column_labels[ab__column_count] = {
#include "airbridge/labels.def"
};
#undef AB_LABEL
#undef AB_CODE_LABEL

#define AB_LABEL(...)
#define AB_CODE_LABEL(enumerator, ...) [ab__code_of_##enumerator] = {{__VA_ARGS__}},
const ab_label ab__code_labels[ab__code_count] = {
#include "airbridge/labels.def"
};
/* clang-format on */
