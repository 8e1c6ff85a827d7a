/* What an operation says, apart from how a container writes it. */
#include "airbridge/operation.h"

#include "base/digest.h"
#include "schema/convert.h"
#include "schema/find.h"

/* A NUL ends every name and cell, so that no two of them read as one. */
static void add_row(const ab_data *data, const ab_table *table, const void *row, ab_buf *text)
{
    ab__buf_add(text, table->name);
    ab__buf_char(text, '\0');
    for (int32_t c = 0; c < table->column_count; c++) {
        if (!ab_given(row, c))
            continue;
        ab__buf_add(text, table->columns[c].name);
        ab__buf_char(text, '\0');
        ab__cell_write(data, &table->columns[c], row, text);
        ab__buf_char(text, '\0');
    }
    ab__buf_char(text, '\0');
}

ab_status ab_operation_digest(const ab_operation *op, char out_hex[65], ab_error *err)
{
    ab_data data = ab_operation_data(op);
    ab_digest digest;
    ab_buf text = AB_BUF_INIT;
    ab__digest_start(&digest);
    for (int32_t t = 0; t < data.schema->count && !text.failed; t++) {
        const ab_table *table = &data.schema->tables[t];
        for (int32_t r = 0; r < data.rows[t].count && !text.failed; r++) {
            ab__buf_clear(&text);
            add_row(&data, table, ab__row_at(&data.rows[t], table, r), &text);
            ab__digest_add(&digest, ab__buf_text(&text), text.size);
        }
    }
    ab__digest_hex(&digest, out_hex);
    bool failed = text.failed;
    ab__buf_free(&text);
    return failed ? ab_fail(err, AB_NO_MEMORY, "out of memory while the operation was digested")
                  : AB_OK;
}
