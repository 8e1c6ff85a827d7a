/* Words of a user to the rows that they name. */
#include <string.h>

#include "airbridge/flow.h"
#include "base/text.h"
#include "schema/nearest.h"

/* Rows of one table as their ids and names. */
typedef struct names {
    const char *table, *what; /* "dropzones", "drop zone" */
    int32_t count;
    const char *(*id)(const ab_operation *op, int32_t row);
    const char *(*name)(const ab_operation *op, int32_t row); /* "" where it has none */
} names;

static const char *zone_id(const ab_operation *op, int32_t row)
{
    return op->dropzones.at[row].id;
}

/* A zone has no name of its own: that of its place stands for it. */
static const char *zone_name(const ab_operation *op, int32_t row)
{
    return op->places.at[op->dropzones.at[row].place].id;
}

static const char *vehicle_id(const ab_operation *op, int32_t row)
{
    return op->vehicles.at[row].id;
}

static const char *vehicle_name(const ab_operation *op, int32_t row)
{
    return op->vehicles.at[row].name;
}

static const char *system_id(const ab_operation *op, int32_t row)
{
    return op->dropsystems.at[row].id;
}

static const char *system_name(const ab_operation *op, int32_t row)
{
    return op->dropsystems.at[row].name;
}

static ab_status none_so_called(const ab_operation *op, const names *in, const char *wanted, ab_error *err)
{
    ab_nearest nearest = ab__nearest_to(wanted);
    ab_buf text = AB_BUF_INIT;

    ab__buf_printf(&text, "no %s is called \"%.60s\"; ", in->what, wanted);
    for (int32_t i = 0; i < in->count; i++)
        ab__nearest_try(&nearest, in->id(op, i));
    if (nearest.best) {
        ab__nearest_hint(&nearest, &text);
    } else if (in->count == 0) {
        ab__buf_printf(&text, "the table %s has no rows", in->table);
    } else {
        ab__buf_add(&text, "there are ");
        for (int32_t i = 0; i < in->count && i < 12; i++)
            ab__buf_printf(&text, "%s%s", i ? ", " : "", in->id(op, i));
    }
    ab_status status = ab_fail(err, AB_USAGE, "%s", text.failed ? "there is no such row" : ab__buf_text(&text));
    ab__buf_free(&text);
    return status;
}

static ab_status find(const ab_operation *op, const names *in, const char *wanted, int32_t *row, ab_error *err)
{
    int32_t by_name = -1, found = 0;

    *row = -1;
    if (!wanted)
        return AB_OK;
    for (int32_t i = 0; i < in->count; i++) {
        if (strcmp(in->id(op, i), wanted) == 0) {
            *row = i;
            return AB_OK;
        }
        if (in->name(op, i)[0] && ab__text_distance(in->name(op, i), wanted, 0) == 0) {
            by_name = i;
            found++;
        }
    }
    if (found == 0)
        return none_so_called(op, in, wanted, err);
    if (found > 1)
        return ab_fail(err, AB_USAGE, "%d rows of %s may be called \"%.60s\": name one by its id", found, in->table, wanted);
    *row = by_name;
    return AB_OK;
}

ab_status ab_drop_find(const ab_operation *op, const char *zone, const char *vehicle, const char *dropsystem, ab_drop_options *out,
                       ab_error *err)
{
    const names zones = {"dropzones", "drop zone", op->dropzones.count, zone_id, zone_name};
    const names vehicles = {"vehicles", "vehicle", op->vehicles.count, vehicle_id, vehicle_name};
    const names systems = {"dropsystems", "drop system", op->dropsystems.count, system_id, system_name};

    ab_status status = find(op, &zones, zone, &out->zone, err);
    if (status == AB_OK)
        status = find(op, &vehicles, vehicle, &out->vehicle, err);
    if (status == AB_OK && out->vehicle >= 0 && !(op->vehicles.at[out->vehicle].drop_speed_mps > 0))
        status = ab_fail(err, AB_USAGE, "%s does not drop: it has no drop_speed_km_h in the table vehicles", vehicle);
    if (status == AB_OK)
        status = find(op, &systems, dropsystem, &out->system, err);
    return status;
}
