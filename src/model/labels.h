/* The labels of labels.def, by the number that each column, table and code has among all of its kind. */
#ifndef MODEL_LABELS_H
#define MODEL_LABELS_H

#include "airbridge/operation.h"

/* clang-format off */
enum {
#define AB_TABLE(table, row, ...) ab__table_of_##table,
#define AB_COLUMN(...)
#define AB_TABLE_END(...)
#include "airbridge/tables.def"
#include "airbridge/results.def"
    ab__table_count
};
#undef AB_TABLE
#undef AB_COLUMN

enum {
#define AB_TABLE(...)
#define AB_COLUMN(row, type, column, member, ...) ab__column_of_##row##_##member,
#include "airbridge/tables.def"
#include "airbridge/results.def"
    ab__column_count
};
#undef AB_TABLE
#undef AB_COLUMN
#undef AB_TABLE_END

enum {
#define AB_CODES(list)
#define AB_CODE(enumerator, ...) ab__code_of_##enumerator,
#define AB_CODES_END(list)
#include "airbridge/codes.def"
    ab__code_count
};
#undef AB_CODES
#undef AB_CODE
#undef AB_CODES_END
/* clang-format on */

extern const ab_label ab__table_labels[ab__table_count];
extern const ab_label ab__column_labels[ab__column_count];
extern const ab_label ab__code_labels[ab__code_count];

#endif
