/* The plan before and today's operation, brought together. */
#include "flow/before.h"

#include <string.h>

#include "schema/convert.h"

static const char *digest_of(const ab_data *results)
{
    const ab_fact *fact = results->rows[AB_TABLE_provenance].at;

    for (int32_t i = 0; i < results->rows[AB_TABLE_provenance].count; i++)
        if (strcmp(fact[i].key, "input digest sha256") == 0)
            return fact[i].value;
    return "";
}

/* Does it send to places, and to none that this operation knows? */
static bool is_of_another(const ab_operation *op, const ab_data *results)
{
    const ab_trip_row *trip = results->rows[AB_TABLE_trips].at;
    ab_data input = ab_operation_data(op);
    bool sends = false;

    for (int32_t i = 0; i < results->rows[AB_TABLE_trips].count; i++) {
        sends = sends || trip[i].place[0];
        if (trip[i].place[0] && ab__row_find(&input, AB_TABLE_places, trip[i].place) >= 0)
            return false;
    }
    return sends;
}

ab_status ab_before_make(const ab_operation *op, const ab_data *results, const char *thaw, ab_before **out,
                         ab_error *err)
{
    ab_arena *arena = ab__arena_new();
    ab_before *before = arena ? AB_NEW(arena, ab_before, 1) : NULL;

    *out = NULL;
    if (is_of_another(op, results)) {
        ab__arena_free(arena);
        return ab_fail(err, AB_USAGE, "the plan before has no place in common with this operation: it is of another one");
    }
    if (!before) {
        ab__arena_free(arena);
        return ab_fail(err, AB_NO_MEMORY, "out of memory while the plan before was read");
    }
    before->arena = arena;
    before->results = results;
    before->digest = digest_of(results);
    ab_status status = ab__before_read(before, op, err);
    if (status == AB_OK)
        status = ab__before_freeze(before, op, thaw, err);
    if (status != AB_OK) {
        ab_before_free(before);
        return status;
    }
    *out = before;
    return AB_OK;
}

void ab_before_free(ab_before *before)
{
    if (!before)
        return;
    ab_operation_free(before->op);
    ab__arena_free(before->arena);
}

const ab_operation *ab_before_operation(const ab_before *before)
{
    return before->op;
}
