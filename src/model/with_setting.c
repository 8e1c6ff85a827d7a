/* An operation with another value of one setting. */
#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "model/whole.h"

/* Remarks of all settings, with `source` for one of them. */
static bool set_source(ab_settings *settings, ab_arena *arena, int column, const char *source)
{
    ab_remark *remarks = AB_NEW(arena, ab_remark, AB_COLS_settings);
    for (int c = 0; remarks != NULL && c < AB_COLS_settings; c++)
        remarks[c] = settings->head.remarks != NULL ? settings->head.remarks[c] : (ab_remark){"", ""};
    if (remarks != NULL)
        remarks[column].source = ab__arena_text(arena, source);
    settings->head.remarks = remarks;
    return remarks != NULL && remarks[column].source != NULL;
}

ab_status ab_operation_with_number(const ab_operation *op, int column, double value, const char *source, ab_operation **out,
                                   ab_error *err)
{
    const ab_column *declared = &ab_input_schema()->tables[AB_TABLE_operation].columns[column];
    ab_arena *arena = ab__arena_new();
    ab__whole *made = arena == NULL ? NULL : AB_NEW(arena, ab__whole, 1);
    ab_settings *settings = made == NULL ? NULL : AB_NEW(arena, ab_settings, 1);
    *out = NULL;
    assert(declared->type == AB_TYPE_NUMBER);
    if (settings != NULL)
        *settings = *op->settings;
    if (settings == NULL || !set_source(settings, arena, column, source)) {
        ab__arena_free(arena);
        return ab_fail(err, AB_NO_MEMORY, "out of memory while a setting was changed");
    }
    memcpy((char *)settings + declared->offset, &value, sizeof value);
    settings->head.given |= (uint64_t)1 << column;
    *made = *(const ab__whole *)op;
    made->op.settings = settings;
    made->rows[AB_TABLE_operation] = (ab_rows){settings, 1};
    made->op.arena = arena;
    *out = &made->op;
    return AB_OK;
}
