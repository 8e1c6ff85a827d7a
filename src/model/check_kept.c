/* Commitments against what would have to carry and take them: that the class of vehicle is based where it is to
 * leave, that the hub can load and the place unload so much in a day, and that a road leads there. */
#include <math.h>

#include "model/road_lines.h"

enum { PAIRS_MOST = 20000000 }; /* commitments squared; larger operations go without */
static const double SLACK = 1 + 1e-9;
/* Vehicles that are promised without a load carry this share of one at least (docs/models/plan.md). */
static const double LEAST_LOAD_FRAC = 0.2;

/* Does it ask for something that is still to be planned? */
static bool asks(const ab_commitment *c)
{
    return c->state != AB_PROGRESS_FAILED &&
           (c->lock == AB_LOCK_FIXED || c->lock == AB_LOCK_AT_LEAST);
}

/* ---- The base ---- */

/* "truck, lorry": the classes based at the hub. */
static void classes_at(const ab_operation *op, int32_t hub, ab_buf *out)
{
    for (int32_t v = 0; v < op->vehicles.count; v++)
        if (op->vehicles.at[v].base == hub)
            ab__buf_printf(out, "%s%s", out->size > 0 ? ", " : "", op->vehicles.at[v].id);
}

static void check_base(ab_check *check, int32_t row)
{
    const ab_operation *op = check->op;
    const ab_commitment *c = &op->commitments.at[row];
    if (c->vehicle < 0 || c->hub < 0 || op->vehicles.at[c->vehicle].base < 0 ||
        op->vehicles.at[c->vehicle].base == c->hub || c->state == AB_PROGRESS_FAILED)
        return;
    const char *hub = op->hubs.at[c->hub].id;
    ab_buf classes = AB_BUF_INIT, hint = AB_BUF_INIT;
    classes_at(op, c->hub, &classes);
    ab__buf_printf(&hint, "%s; at %s %s%s",
                   asks(c) ? "no plan can keep it" : "so it forbids nothing", hub,
                   classes.size > 0 ? "are based: " : "no class is based",
                   classes.size > 0 ? ab__buf_text(&classes) : "");
    ab__check_expect(check,
                     (ab_finding){.code = AB_ISSUE_COMMITTED_BASE,
                                  .table = AB_TABLE_commitments,
                                  .row = row,
                                  .column = AB_COL_commitment_hub,
                                  .hint = ab__buf_text(&hint)},
                     "%s, where %s is based", op->hubs.at[op->vehicles.at[c->vehicle].base].id,
                     op->vehicles.at[c->vehicle].id);
    ab__buf_free(&classes);
    ab__buf_free(&hint);
}

/* ---- What hub and place can handle ---- */

/* The least mass that keeps the commitment. */
static double least_kg(const ab_operation *op, const ab_commitment *c)
{
    if (c->mass_kg > 0)
        return c->mass_kg;
    bool vehicles = c->vehicle >= 0 && c->trips > 0 && op->vehicles.at[c->vehicle].payload_kg > 0;
    return vehicles ? LEAST_LOAD_FRAC * (double)c->trips * op->vehicles.at[c->vehicle].payload_kg
                    : 0;
}

/* Of the same day and end: what leaves one hub adds up, and what goes to one place by one class, which arrives
 * together. */
static bool adds_up(const ab_commitment *a, const ab_commitment *b, bool at_hub)
{
    return asks(b) && a->date == b->date &&
           (at_hub ? a->hub == b->hub : a->place == b->place && a->vehicle == b->vehicle);
}

/* Together with the earlier ones. */
static void check_limit(ab_check *check, int32_t row, bool at_hub, double kg_per_day,
                        const char *end)
{
    const ab_operation *op = check->op;
    const ab_commitment *c = &op->commitments.at[row];
    double promised_kg = 0, days = fmax(1, op->settings->period_s / 86400);
    if (!(least_kg(op, c) > 0) || c->date == AB_TIME_NONE || isnan(kg_per_day))
        return;
    for (int32_t r = 0; r <= row; r++)
        if (adds_up(c, &op->commitments.at[r], at_hub))
            promised_kg += least_kg(op, &op->commitments.at[r]);
    if (promised_kg <= kg_per_day * days * SLACK)
        return;
    ab_buf found = AB_BUF_INIT;
    ab__buf_printf(&found, "%.6g t", promised_kg / 1000);
    ab__check_expect(
        check,
        (ab_finding){.code = AB_ISSUE_COMMITTED_HANDLING,
                     .table = AB_TABLE_commitments,
                     .row = row,
                     .column = c->mass_kg > 0 ? AB_COL_commitment_mass_kg : AB_COL_commitment_trips,
                     .found = ab__buf_text(&found),
                     .hint = at_hub ? "see throughput_t_per_day in hubs"
                                    : "see handling_t_per_day in places"},
        "at most %.6g t %s %s%s, all commitments of the day together", kg_per_day * days / 1000,
        at_hub ? "loaded at" : "unloaded at", end, days > 1 ? " in a period" : " in a day");
    ab__buf_free(&found);
}

/* ---- The road ---- */

/* Nearest road within snap_km; false: the end lies off the roads, or nobody knows where. */
static bool on_road(const ab_check *check, const ab_road_lines *lines, int32_t table, int32_t row,
                    ab_near_road *near)
{
    double lon_deg, lat_deg;
    if (!ab__check_position(check, table, row, &lon_deg, &lat_deg))
        return false;
    *near = ab__road_lines_near(lines, lon_deg, lat_deg);
    return near->away_m <= check->op->settings->snap_m;
}

static void check_way(ab_check *check, const ab_road_lines *lines, int32_t row)
{
    const ab_operation *op = check->op;
    const ab_commitment *c = &op->commitments.at[row];
    if (!asks(c) || c->vehicle < 0 || c->place < 0)
        return;
    const ab_vehicle *v = &op->vehicles.at[c->vehicle];
    ab_near_road from, to;
    if (v->mode != AB_MODE_ROAD || v->base < 0 || (c->hub >= 0 && c->hub != v->base) ||
        !on_road(check, lines, AB_TABLE_hubs, v->base, &from) ||
        !on_road(check, lines, AB_TABLE_places, c->place, &to) ||
        lines->net[from.line] == lines->net[to.line])
        return;
    ab_buf hint = AB_BUF_INIT;
    ab__buf_printf(
        &hint,
        "%s lies on road:%s, which does not hang together with road:%s at %s: roads meet "
        "at vertices less than 30 m apart",
        op->places.at[c->place].id, op->roads.at[to.road].id, op->roads.at[from.road].id,
        op->hubs.at[v->base].id);
    ab__check_expect(check,
                     (ab_finding){.code = AB_ISSUE_COMMITTED_NO_WAY,
                                  .table = AB_TABLE_commitments,
                                  .row = row,
                                  .column = AB_COL_commitment_place,
                                  .hint = ab__buf_text(&hint)},
                     "a place to which drawn roads lead from %s", op->hubs.at[v->base].id);
    ab__buf_free(&hint);
}

static void check_ways(ab_check *check)
{
    const ab_operation *op = check->op;
    ab_road_lines lines;
    if (op->commitments.count * ab__road_lines_most(op) > 100.0 * PAIRS_MOST ||
        !ab__road_lines_of(check, &lines) || lines.count == 0 ||
        !ab__road_lines_join(check, &lines))
        return;
    for (int32_t r = 0; r < op->commitments.count; r++)
        check_way(check, &lines, r);
}

void ab__check_kept(ab_check *check)
{
    const ab_operation *op = check->op;
    int64_t count = op->commitments.count;
    if (count == 0 || count * count > PAIRS_MOST)
        return;
    for (int32_t r = 0; r < count; r++) {
        const ab_commitment *c = &op->commitments.at[r];
        check_base(check, r);
        if (asks(c) && c->hub >= 0)
            check_limit(check, r, true, op->hubs.at[c->hub].throughput_kg_per_day,
                        op->hubs.at[c->hub].id);
        if (asks(c) && c->place >= 0)
            check_limit(check, r, false, op->places.at[c->place].handling_kg_per_day,
                        op->places.at[c->place].id);
    }
    check_ways(check);
}
