/* Trips of two plans, paired: first by what departs when, then by what departs at another time. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "airbridge/diff.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/vec.h"

/* Loads that differ by less are the same: half a kilogram, and between hubs, where nobody counts packages, a hundredth. */
static const double SAME_KG = 0.5, SAME_LINK_FRAC = 0.01;
/* A trip that moved has the load that it had, give or take this share. */
static const double LIKE_FRAC = 0.1;

/* A departure: rows of one plan that are one but for the way. */
typedef struct departure {
    const ab_trip_row *first;
    int32_t row;            /* of `first` */
    int64_t vehicles;
    double mass_kg;
    struct departure *pair; /* in the other plan */
} departure;

typedef struct side {
    const ab_data *results;
    const ab_trip_row *trip;
    departure *at;
    int32_t count, past;
    int32_t *of_row;        /* [trips] number of its departure; -1: past */
} side;

static const ab_load_row *loads(const ab_data *results, int32_t *count)
{
    *count = results->rows[AB_TABLE_loads].count;
    return results->rows[AB_TABLE_loads].at;
}

/* Means, class, ends and zone; then the time. */
static int compare_kind(const ab_trip_row *a, const ab_trip_row *b)
{
    const char *const x[] = {a->means, a->vehicle, a->hub, a->place, a->to_hub, a->link, a->dropzone, a->dropsystem};
    const char *const y[] = {b->means, b->vehicle, b->hub, b->place, b->to_hub, b->link, b->dropzone, b->dropsystem};
    int order = 0;
    for (size_t i = 0; i < sizeof x / sizeof *x && order == 0; i++)
        order = strcmp(x[i], y[i]);
    return order;
}

static int by_kind_and_time(const void *a, const void *b)
{
    const departure *x = a, *y = b;
    int order = compare_kind(x->first, y->first);
    if (order == 0)
        order = (x->first->depart > y->first->depart) - (x->first->depart < y->first->depart);
    return order ? order : (x->row > y->row) - (x->row < y->row);
}

/* Joins what stands together and is one departure. */
static void join(side *s)
{
    int32_t kept = 0;
    for (int32_t i = 0; i < s->count; i++) {
        departure *last = kept > 0 ? &s->at[kept - 1] : NULL;
        if (last && last->first->depart == s->at[i].first->depart && compare_kind(last->first, s->at[i].first) == 0) {
            last->vehicles += s->at[i].vehicles;
            last->mass_kg += s->at[i].mass_kg;
        } else {
            s->at[kept++] = s->at[i];
        }
        s->of_row[s->at[i].row] = kept - 1;
    }
    s->count = kept;
}

static bool gather(side *s, const ab_data *results, ab_time from, ab_arena *arena)
{
    int32_t count = results->rows[AB_TABLE_trips].count;
    *s = (side){.results = results, .trip = results->rows[AB_TABLE_trips].at};
    s->at = AB_NEW(arena, departure, count);
    s->of_row = AB_NEW(arena, int32_t, count);
    if (!s->at || !s->of_row)
        return false;
    for (int32_t i = 0; i < count; i++) {
        s->of_row[i] = -1;
        if (s->trip[i].depart < from)
            s->past++;
        else
            s->at[s->count++] = (departure){&s->trip[i], i, s->trip[i].vehicles, s->trip[i].mass_kg, NULL};
    }
    qsort(s->at, (size_t)s->count, sizeof *s->at, by_kind_and_time);
    join(s);
    return true;
}

/* ---- Pairs ------------------------------------------------------------------------------------------------- */

static void pair(departure *a, departure *b)
{
    a->pair = b;
    b->pair = a;
}

static void pair_same(side *before, side *after)
{
    for (int32_t i = 0, j = 0; i < before->count && j < after->count;) {
        departure *a = &before->at[i], *b = &after->at[j];
        int order = compare_kind(a->first, b->first);
        if (order == 0)
            order = (a->first->depart > b->first->depart) - (a->first->depart < b->first->depart);
        if (order == 0)
            pair(a, b);
        i += order <= 0;
        j += order >= 0;
    }
}

static bool is_like(const departure *a, const departure *b)
{
    return compare_kind(a->first, b->first) == 0 && a->vehicles == b->vehicles &&
           fabs(a->mass_kg - b->mass_kg) <= LIKE_FRAC * fmax(a->mass_kg, b->mass_kg);
}

static ab_time apart(const departure *a, const departure *b)
{
    ab_time s = a->first->depart - b->first->depart;
    return s < 0 ? -s : s;
}

/* Of what is left, what went to the nearest other time. Both sides stand by kind. */
static void pair_moved(side *before, side *after)
{
    int32_t begin = 0;
    for (int32_t i = 0; i < before->count; i++) {
        departure *a = &before->at[i], *best = NULL;
        while (begin < after->count && compare_kind(after->at[begin].first, a->first) < 0)
            begin++;
        for (int32_t j = begin; !a->pair && j < after->count && compare_kind(after->at[j].first, a->first) == 0; j++) {
            departure *b = &after->at[j];
            if (!b->pair && is_like(a, b) && (!best || apart(a, b) < apart(a, best)))
                best = b;
        }
        if (best)
            pair(a, best);
    }
}

/* ---- Loads ------------------------------------------------------------------------------------------------- */

/* A load of a departure, with its sign: before counts down, after up. */
typedef struct part {
    int32_t departure; /* of `before` */
    const char *commodity;
    double mass_kg;
} part;

static int by_departure(const void *a, const void *b)
{
    const part *x = a, *y = b;
    if (x->departure != y->departure)
        return x->departure < y->departure ? -1 : 1;
    return strcmp(x->commodity, y->commodity);
}

/* Loads stand by trip, in the order of trips. */
static int32_t add_parts(const side *s, const side *before, double sign, part *parts)
{
    int32_t load_count, count = 0, row = 0;
    const ab_load_row *load = loads(s->results, &load_count);
    int32_t trips = s->results->rows[AB_TABLE_trips].count;
    for (int32_t i = 0; i < load_count; i++) {
        for (int32_t tried = 0; tried < trips && strcmp(s->trip[row].id, load[i].trip) != 0; tried++)
            row = (row + 1) % trips;
        if (trips == 0 || strcmp(s->trip[row].id, load[i].trip) != 0 || s->of_row[row] < 0)
            continue;
        const departure *d = &s->at[s->of_row[row]];
        const departure *key = s == before ? d : d->pair;
        if (key)
            parts[count++] = (part){(int32_t)(key - before->at), load[i].commodity, sign * load[i].mass_kg};
    }
    return count;
}

/* Marks the departures of `before` whose pair carries something else. */
static bool find_loaded(const side *before, const side *after, char *loaded, ab_arena *arena)
{
    int32_t a, b;
    loads(before->results, &a);
    loads(after->results, &b);
    part *parts = AB_NEW(arena, part, a + b);
    if (!parts)
        return false;
    int32_t count = add_parts(before, before, -1, parts);
    count += add_parts(after, before, 1, parts + count);
    qsort(parts, (size_t)count, sizeof *parts, by_departure);
    for (int32_t i = 0, j; i < count; i = j) {
        double more_kg = 0;
        const departure *d = &before->at[parts[i].departure];
        for (j = i; j < count && by_departure(&parts[i], &parts[j]) == 0; j++)
            more_kg += parts[j].mass_kg;
        if (fabs(more_kg) > SAME_KG + (d->first->link[0] ? SAME_LINK_FRAC * d->mass_kg : 0))
            loaded[parts[i].departure] = 1;
    }
    return true;
}

/* ---- The answer -------------------------------------------------------------------------------------------- */

const char *ab_trip_change_word(ab_trip_change_kind kind)
{
    static const char *const words[] = {"kept", "load changed", "more", "fewer", "moved", "added", "dropped"};
    return kind >= 0 && kind < AB_TRIP_CHANGES ? words[kind] : "";
}

static ab_trip_change_kind kind_of(const departure *a, const departure *b, bool loaded)
{
    if (!a)
        return AB_TRIP_ADDED;
    if (!b)
        return AB_TRIP_DROPPED;
    if (a->first->depart != b->first->depart)
        return AB_TRIP_MOVED;
    if (a->vehicles != b->vehicles)
        return a->vehicles < b->vehicles ? AB_TRIP_MORE : AB_TRIP_FEWER;
    return loaded ? AB_TRIP_LOADED : AB_TRIP_KEPT;
}

static const char *ids_of(const side *s, const departure *d, ab_arena *arena)
{
    ab_buf text = AB_BUF_INIT;
    int32_t trips = s->results->rows[AB_TABLE_trips].count;
    for (int32_t i = d ? d->row : trips; i < trips; i++)
        if (s->of_row[i] == d - s->at)
            ab__buf_printf(&text, "%s%s", text.size ? "; " : "", s->trip[i].id);
    const char *kept = text.failed ? NULL : ab__arena_text(arena, ab__buf_text(&text));
    ab__buf_free(&text);
    return kept;
}

static bool add_change(ab_trip_changes *changes, ab_trip_change *at, const side *before, const side *after,
                       const departure *a, const departure *b, bool loaded)
{
    ab_trip_change *c = &at[changes->count++];
    *c = (ab_trip_change){.kind = kind_of(a, b, loaded),
                          .before = a ? a->first : NULL,
                          .after = b ? b->first : NULL,
                          .ids_before = ids_of(before, a, changes->arena),
                          .ids_after = ids_of(after, b, changes->arena),
                          .vehicles_before = a ? a->vehicles : 0,
                          .vehicles_after = b ? b->vehicles : 0,
                          .before_kg = a ? a->mass_kg : 0,
                          .after_kg = b ? b->mass_kg : 0};
    changes->of_kind[c->kind]++;
    return c->ids_before && c->ids_after;
}

static int by_day(const void *a, const void *b)
{
    const ab_trip_change *x = a, *y = b;
    const ab_trip_row *p = x->before ? x->before : x->after, *q = y->before ? y->before : y->after;
    if (p->depart != q->depart)
        return p->depart < q->depart ? -1 : 1;
    int order = compare_kind(p, q);
    return order ? order : (int)x->kind - (int)y->kind;
}

static bool compare(ab_trip_changes *changes, const ab_data *before, const ab_data *after, ab_time from)
{
    side a, b;
    ab_arena *arena = changes->arena;
    if (!gather(&a, before, from, arena) || !gather(&b, after, from, arena))
        return false;
    char *loaded = AB_NEW(arena, char, a.count);
    ab_trip_change *at = AB_NEW(arena, ab_trip_change, a.count + b.count);
    pair_same(&a, &b);
    pair_moved(&a, &b);
    bool fine = loaded && at && find_loaded(&a, &b, loaded, arena);
    for (int32_t i = 0; i < a.count && fine; i++)
        fine = add_change(changes, at, &a, &b, &a.at[i], a.at[i].pair, loaded[i] != 0);
    for (int32_t i = 0; i < b.count && fine; i++)
        fine = b.at[i].pair || add_change(changes, at, &a, &b, NULL, &b.at[i], false);
    if (fine)
        qsort(at, (size_t)changes->count, sizeof *at, by_day);
    changes->at = at;
    changes->past = a.past;
    return fine;
}

ab_status ab_trip_changes_make(const ab_data *before, const ab_data *after, ab_time from, ab_trip_changes **out,
                               ab_error *err)
{
    ab_arena *arena = ab__arena_new();
    ab_trip_changes *changes = arena ? AB_NEW(arena, ab_trip_changes, 1) : NULL;
    *out = NULL;
    if (changes)
        changes->arena = arena;
    if (!changes || !compare(changes, before, after, from)) {
        ab__arena_free(arena);
        return ab_fail(err, AB_NO_MEMORY, "out of memory while trips were compared");
    }
    *out = changes;
    return AB_OK;
}

void ab_trip_changes_free(ab_trip_changes *changes)
{
    if (changes)
        ab__arena_free(changes->arena);
}
