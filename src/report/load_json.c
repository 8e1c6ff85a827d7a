#include "airbridge/report.h"
#include "report/load_view.h"
#include "report/members.h"
#include "report/text.h"

static void count_member(ab_json *json, const char *key, int64_t value)
{
    ab__json_key(json, key);
    if (value < 0)
        ab__json_text(json, NULL);
    else
        ab__json_count(json, value);
}

static void measures(ab_json *json, double packages, double mass_kg, double volume_m3,
                     double pallets)
{
    ab__member_rounded(json, "packages", packages);
    ab__member_rounded(json, "mass_t", mass_kg / 1000);
    ab__member_rounded(json, "volume_m3", volume_m3);
    ab__member_rounded(json, "pallets", pallets);
}

/* {"mass_t": …, "person_days": {"cereal": …}}: what goes on if the lot is taken off. */
static void without_lot(ab_json *json, const ab_load_view *view, const ab_load_group *group,
                        int32_t i)
{
    ab_load_days days[AB_LOAD_MOST_GROUPS];
    int32_t count = ab__load_days(view, group, i, days);

    ab__json_key(json, "without_it");
    ab__json_object(json);
    ab__member_rounded(json, "mass_t", ab__load_rest_kg(group, i) / 1000);
    ab__json_key(json, "person_days");
    ab__json_object(json);
    for (int32_t d = 0; d < count; d++)
        ab__member_rounded(json, days[d].group, days[d].person_days);
    ab__json_object_end(json);
    ab__json_object_end(json);
}

static void lot_object(ab_json *json, const ab_load_view *view, const ab_load_group *group,
                       int32_t i, bool loaded)
{
    const ab_lot_row *lot = &group->lot[i];

    ab__json_object(json);
    count_member(json, "lot", lot->lot);
    ab__member_text(json, "commodity", lot->commodity);
    measures(json, lot->packages, lot->mass_kg, lot->volume_m3, lot->pallets);
    ab__member_rounded(json, "person_days", lot->person_days);
    ab__json_key(json, "likely_off");
    ab__json_bool(json, lot->likely_off > 0);
    ab__member_rounded(json, "off_frac", lot->off_frac);
    ab__member_rounded(json, "off_frac_low", lot->off_frac_low);
    ab__member_rounded(json, "off_frac_high", lot->off_frac_high);
    ab__member_text(json, "off_basis", lot->off_basis);
    ab__member_text(json, "because", lot->because);
    if (loaded)
        without_lot(json, view, group, i);
    ab__json_object_end(json);
}

static void lots(ab_json *json, const ab_load_view *view, const ab_load_group *group, bool loaded)
{
    ab__json_array(json);
    for (int32_t i = 0; i < group->count; i++)
        lot_object(json, view, group, i, loaded);
    ab__json_array_end(json);
}

static void group_object(ab_json *json, const ab_load_view *view, const ab_load_group *group)
{
    ab__json_object(json);
    count_member(json, "vehicle", group->lot->vehicle);
    count_member(json, "vehicles", group->lot->vehicles);
    count_member(json, "container", group->lot->container);
    count_member(json, "containers", group->lot->containers);
    measures(json, group->packages, group->mass_kg, group->volume_m3, group->pallets);
    ab__json_key(json, "lots");
    lots(json, view, group, true);
    ab__json_object_end(json);
}

static void trip_object(ab_json *json, const ab_load_view *view, const ab_load_trip *trip)
{
    char time[AB_TIME_TEXT_CAP];

    ab__json_object(json);
    ab__member_text(json, "trip", trip->trip->id);
    ab__member_text(json, "means", trip->trip->means);
    ab__member_text(json, "vehicle_class", trip->trip->vehicle);
    count_member(json, "vehicles", trip->trip->vehicles);
    ab__member_text(json, "hub", trip->trip->hub);
    ab__member_text(json, "place", trip->trip->place);
    ab__member_text(json, "depart", ab_time_format(trip->trip->depart, time));
    ab__member_text(json, "arrive", ab_time_format(trip->trip->arrive, time));
    ab__member_rounded(json, "arrival_prob", trip->trip->arrival_prob);
    ab__json_key(json, "loads");
    ab__json_array(json);
    for (int32_t g = 0; g < trip->group_count; g++)
        group_object(json, view, &trip->group[g]);
    ab__json_array_end(json);
    ab__json_key(json, "stays");
    lots(json, view, &trip->stays, false);
    ab__json_object_end(json);
}

ab_status ab_load_json(FILE *out, const ab_data *input, const ab_data *results, const char *what,
                       ab_error *err)
{
    ab_arena *arena = ab__arena_new();
    ab_buf text = AB_BUF_INIT;
    ab_load_view view;
    ab_json json;
    ab_status status = arena ? ab__load_view(input, results, what, arena, &view, err)
                             : ab_fail(err, AB_NO_MEMORY, "out of memory");

    ab__json_start(&json, &text);
    ab__json_object(&json);
    ab__member_text(&json, "note",
                "the plan counts all of the load as sent, also what is likely to be taken off");
    ab__json_key(&json, "trips");
    ab__json_array(&json);
    for (int32_t i = 0; status == AB_OK && i < view.count; i++)
        trip_object(&json, &view, &view.trip[i]);
    ab__json_array_end(&json);
    ab__json_object_end(&json);
    ab__buf_char(&text, '\n');
    if (status == AB_OK)
        status = ab__text_flush(out, &text, err);
    ab__buf_free(&text);
    ab__arena_free(arena);
    return status;
}
