/* Seeded operations of any size, as tables: hubs and places strewn over four degrees, weekly supplies for two
 * thirds of the need, lorries and aircraft for about as much, reports that make some ways surer than others.
 * Every hub can send to every place by two classes of lorry and one of aircraft. */
#ifndef BENCH_MADE_H
#define BENCH_MADE_H

#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "airbridge/airbridge.h"
#include "base/arena.h"
#include "base/vec.h"
#include "schema/book.h"

typedef struct made_size {
    int32_t hubs, places, periods, commodities; /* commodities: 3 or 5 */
    uint64_t seed;
} made_size;

typedef struct made {
    ab_arena *arena;
    ab_book *book;
    uint64_t state;
    AB_VEC(const char *) cells; /* of the sheet that is being written */
    const char *const *header;
    int32_t columns;
} made;

/* SplitMix64 (Steele, Lea, Flood 2014); uniform in [0, 1). */
static double made_draw(made *m)
{
    uint64_t z = (m->state += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

static void made_begin(made *m, int32_t columns, const char *const *header)
{
    m->cells.count = 0;
    m->columns = columns;
    m->header = header;
}

static void made_row(made *m, const char *format, ...)
{
    char text[512];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    int32_t count = 0;
    for (char *cell = text, *end; cell; cell = end ? end + 1 : NULL, count++) {
        end = strchr(cell, '|');
        if (end)
            *end = '\0';
        const char **kept = AB_PUSH(&m->cells);
        if (!kept || !(*kept = ab__arena_text(m->arena, cell)))
            abort();
    }
    if (count != m->columns)
        abort();
}

static void made_end(made *m, const char *name)
{
    int64_t rows = m->cells.count / m->columns;
    const char **cells = AB_NEW(m->arena, const char *, m->cells.count);
    int32_t *line = AB_NEW(m->arena, int32_t, rows);
    if (!cells || !line)
        abort();
    for (int32_t i = 0; i < m->cells.count; i++)
        cells[i] = m->cells.at[i];
    for (int32_t r = 0; r < rows; r++)
        line[r] = r + 2;
    ab_sheet sheet = {.name = name, .origin = name, .column_count = m->columns, .header = m->header,
                      .header_line = 1, .row_count = rows, .cells = cells, .line = line};
    if (!ab__book_add(m->book, &sheet))
        abort();
}

static void made_day(int32_t day, char text[32])
{
    ab_time start = INT64_C(1893456000); /* 2030-01-01 */
    char full[AB_TIME_TEXT_CAP];
    snprintf(text, 32, "%s", ab_time_format(start + 86400 * (ab_time)day, full));
}

static void made_settings(made *m, const made_size *size)
{
    static const char *const header[] = {"key", "value"};
    char end[32];
    made_begin(m, 2, header);
    made_day(size->periods, end);
    made_row(m, "schema_version|1");
    made_row(m, "name|made, %d hubs, %d places, %d days", (int)size->hubs, (int)size->places, (int)size->periods);
    made_row(m, "start|2030-01-01T00:00Z");
    made_row(m, "end|%s", end);
    made_row(m, "period_h|24");
    made_row(m, "least_arrival_prob|0");
    made_end(m, "operation");
}

static void made_commodities(made *m, const made_size *size)
{
    static const char *const header[] = {"id", "category", "need_kg_per_person_day", "kcal_per_kg", "group", "package_kg",
                                         "package_m3", "usd_per_t", "serves_people", "serves_days"};
    made_begin(m, 10, header);
    made_row(m, "flour|food|0.4|3500|cereal|50|0.08|350||");
    made_row(m, "lentils|food|0.08|3400|pulse|50|0.065|600||");
    made_row(m, "oil|food|0.048|8850|fat|20|0.025|1400||");
    if (size->commodities == 5) {
        made_row(m, "rice|food||3600|cereal|50|0.065|575||");
        made_row(m, "kit|medical||||100|0.48|20000|1000|30");
    }
    made_end(m, "commodities");
}

static void made_places(made *m, const made_size *size, double *people)
{
    static const char *const header[] = {"id", "lon_deg", "lat_deg", "population", "stock_days", "handling_t_per_day",
                                         "runway_m"};
    made_begin(m, 7, header);
    *people = 0;
    for (int32_t p = 0; p < size->places; p++) {
        double here = floor(2000 * exp(3.4 * made_draw(m)));
        double lon = 36 + 4 * made_draw(m), lat = 33 + 4 * made_draw(m);
        double stock = 5 * made_draw(m), handling = 30 + 90 * made_draw(m);
        made_row(m, "p%d|%.4f|%.4f|%.0f|%.1f|%.0f|1500", (int)p, lon, lat, here, stock, handling);
        *people += here;
    }
    made_end(m, "places");
}

static void made_hubs(made *m, const made_size *size)
{
    static const char *const header[] = {"id", "lon_deg", "lat_deg", "runway_m", "fuel"};
    made_begin(m, 5, header);
    for (int32_t h = 0; h < size->hubs; h++) {
        double lon = 36 + 4 * made_draw(m), lat = 33 + 4 * made_draw(m);
        made_row(m, "h%d|%.4f|%.4f|2500|yes", (int)h, lon, lat);
    }
    made_end(m, "hubs");
    static const char *const links[] = {"id", "from_hub", "to_hub", "mode", "capacity_t_per_day"};
    made_begin(m, 5, links);
    for (int32_t h = 0; h < size->hubs; h++)
        made_row(m, "l%d|h%d|h%d|road|60", (int)h, (int)h, (int)((h + 1) % size->hubs));
    made_end(m, "links");
}

/* Ten days of two thirds of the need at the start, a week's each week after; hubs have uneven shares. */
static void made_stocks(made *m, const made_size *size, double people)
{
    static const char *const header[] = {"hub", "commodity", "mass_t", "available_from", "certainty_prob"};
    static const char *const name[] = {"flour", "lentils", "oil", "rice", "kit"};
    static const double kg[] = {0.27, 0.055, 0.032, 0.08, 0.0015};
    made_begin(m, 5, header);
    for (int32_t h = 0; h < size->hubs; h++)
        for (int32_t c = 0; c < size->commodities; c++)
            for (int32_t day = 0; day < size->periods; day += 7) {
                char from[32];
                double t = people * kg[c] / 1000 / size->hubs * (day == 0 ? 10 : 7) * (0.5 + made_draw(m));
                made_day(day, from);
                made_row(m, "h%d|%s|%.1f|%s|%.2f", (int)h, name[c], t, from, day == 0 ? 1.0 : 0.9);
            }
    made_end(m, "stocks");
}

static void made_vehicles(made *m, const made_size *size, double people)
{
    static const char *const header[] = {"id", "mode", "count", "base", "payload_t", "payload_m3", "speed_km_h",
                                         "usd_per_h", "turnround_h", "duty_h_per_day", "sorties_per_day", "runway_needed_m"};
    double t_per_day = people * 0.000528 / size->hubs;
    made_begin(m, 12, header);
    for (int32_t h = 0; h < size->hubs; h++) {
        made_row(m, "light%d|road|%.0f|h%d|8|30|45|25|3|12||", (int)h, ceil(0.35 * t_per_day / 4), (int)h);
        made_row(m, "heavy%d|road|%.0f|h%d|20|45|35|40|4|12||", (int)h, ceil(0.35 * t_per_day / 8), (int)h);
        made_row(m, "an26_%d|air|2|h%d|5||420|2500|2|10|2|1200", (int)h, (int)h);
    }
    made_end(m, "vehicles");
}

static void made_reports(made *m, const made_size *size)
{
    static const char *const header[] = {"id", "subject", "mode", "state", "reported_at", "reliability", "credibility"};
    made_begin(m, 7, header);
    for (int32_t p = 0; p < size->places; p++) {
        bool closed = made_draw(m) < 0.2;
        char reliability = (char)('A' + (int)(4 * made_draw(m)));
        int credibility = 1 + (int)(4 * made_draw(m));
        made_row(m, "r%d|place:p%d|road|%s|2029-12-31T00:00Z|%c|%d", (int)p, (int)p, closed ? "closed" : "open",
                 reliability, credibility);
    }
    made_end(m, "access");
}

/* Freed with ab_book_free. */
static ab_book *made_book(const made_size *size)
{
    made m = {.book = ab__book_new(), .state = size->seed};
    double people;
    m.arena = ab__book_arena(m.book);
    made_settings(&m, size);
    made_commodities(&m, size);
    made_places(&m, size, &people);
    made_hubs(&m, size);
    made_stocks(&m, size, people);
    made_vehicles(&m, size, people);
    made_reports(&m, size);
    AB_VEC_FREE(&m.cells);
    return m.book;
}

/* Freed with ab_operation_free. */
static ab_operation *made_read(const ab_book *book)
{
    ab_issues *issues = ab_issues_new(20);
    ab_operation *op = NULL;
    ab_error err = AB_ERROR_INIT;
    if (ab_operation_read(book, &op, issues, &err) != AB_OK) {
        fprintf(stderr, "the operation is flawed: %s\n", err.message);
        ab_issues_print(stderr, issues, &err);
        exit(1);
    }
    ab_issues_free(issues);
    return op;
}

#endif
