#include "validate_drop/track.h"

#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "airbridge/time.h"
#include "base/arena.h"
#include "base/vec.h"
#include "phys/air.h"
#include "validate_drop/csv.h"

/* Fewer satellites than this give no height. */
enum { SATELLITES_LEAST = 4 };
/* Who comes down less than this was never let go. */
static const double CAME_DOWN_M = 1000;

typedef AB_VEC(fix) fixes;

/* halcyon: dry mass and the motor's 10.67 kg; camoes: without its casing, whose mass is not told, under its drogue. */
static const rocket ROCKETS[] = {{"halcyon", 130, 14.613 + 10.67, 9.621}, {"camoes", 107, 22.8, 0.33}};

static const double RAD = 3.14159265358979323846 / 180;

void fix_offset(const fix *from, const fix *to, double *east_m, double *north_m)
{
    double mid = (from->lat_deg + to->lat_deg) / 2 * RAD, s = sin(mid);
    double w = sqrt(1 - 0.00669437999014 * s * s);
    double across_m = 6378137 / w, along_m = 6378137 * (1 - 0.00669437999014) / (w * w * w);
    *east_m = (to->lon_deg - from->lon_deg) * RAD * across_m * cos(mid);
    *north_m = (to->lat_deg - from->lat_deg) * RAD * along_m;
}

int32_t track_at_height(const track *t, double height_msl_m)
{
    if (t->fix[t->top].height_msl_m < height_msl_m)
        return -1;
    for (int32_t i = t->top; i < t->count; i++) {
        if (t->fix[i].height_msl_m <= height_msl_m)
            return i;
    }
    return -1;
}

/* Where the columns are: dialects differ. */
typedef struct layout {
    int32_t t, lon, lat, height, satellites, speed, from, toward, pressure, temp;
    double above_m; /* what height 0 is */
} layout;

static int32_t either(const csv *c, const char *a, const char *b)
{
    int32_t i = csv_column(c, a);
    return i >= 0 ? i : csv_column(c, b);
}

static bool find_layout(const csv *c, const track *t, layout *l)
{
    l->t = csv_column(c, "t_s");
    l->lon = csv_column(c, "lon_deg");
    l->lat = csv_column(c, "lat_deg");
    l->height = either(c, "gpsalt_m", "gpsalt_m_msl");
    l->above_m = 0;
    if (l->height < 0)
        l->height = csv_column(c, "alt_m_msl");
    if (l->height < 0) {
        l->height = csv_column(c, "alt_m_agl");
        l->above_m = t->rocket ? t->rocket->pad_msl_m : NAN;
    }
    l->satellites = csv_column(c, "nsat");
    l->speed = either(c, "hvel_mps", "vel_h_mps");
    l->from = csv_column(c, "hvel_from_deg");
    l->toward = csv_column(c, "heading_to_deg");
    l->pressure = csv_column(c, "p_hpa");
    l->temp = csv_column(c, "temp_c");
    return l->t >= 0 && l->lon >= 0 && l->lat >= 0 && l->height >= 0;
}

static double cell(const csv *c, int32_t column)
{
    return column >= 0 ? c->value[column] : NAN;
}

static fix fix_of(const csv *c, const layout *l)
{
    fix f = {.t_s = cell(c, l->t), .lon_deg = cell(c, l->lon), .lat_deg = cell(c, l->lat),
             .height_msl_m = cell(c, l->height) + l->above_m};
    double toward = l->from >= 0 ? cell(c, l->from) + 180 : cell(c, l->toward), speed = cell(c, l->speed);
    f.speed_e_mps = speed * sin(toward * RAD);
    f.speed_n_mps = speed * cos(toward * RAD);
    double pressure = 100 * cell(c, l->pressure), temp = 273.15 + cell(c, l->temp);
    f.density_kg_m3 = pressure > 0 && temp > 0 && l->pressure >= 0 ? ab__air_density_kg_m3(pressure, temp) : NAN;
    return f;
}

/* Blank: no satellites, or a position without a height. Bad: out of the world, or out of order. */
typedef enum fix_state { FIX_GOOD, FIX_BLANK, FIX_BAD } fix_state;

static fix_state judge(const fix *f, double satellites, double after_s)
{
    if (isnan(f->lon_deg) || isnan(f->lat_deg) || isnan(f->height_msl_m) || satellites < SATELLITES_LEAST)
        return FIX_BLANK;
    bool in_world = fabs(f->lon_deg) <= 180 && fabs(f->lat_deg) <= 85 && f->height_msl_m > -500 && f->height_msl_m < 40000;
    return in_world && f->t_s > after_s ? FIX_GOOD : FIX_BAD;
}

static void count_bad(track *t, int64_t line)
{
    if (t->bad_rows++ == 0)
        t->bad_line = line;
}

static bool read_fixes(csv *c, const layout *l, track *t, fixes *to)
{
    double last_s = -1;
    for (csv_row row; (row = csv_next(c)) != CSV_END;) {
        fix f = fix_of(c, l);
        fix_state state = row == CSV_BAD ? FIX_BAD : judge(&f, cell(c, l->satellites), last_s);
        if (state == FIX_BAD)
            count_bad(t, c->line);
        t->blank_rows += state == FIX_BLANK;
        if (state != FIX_GOOD)
            continue;
        fix *new = AB_PUSH(to);
        if (!new)
            return false;
        *new = f;
        last_s = f.t_s;
    }
    return true;
}

/* Where the file does not tell speeds: by positions 5 s before and after. */
static void speeds_by_positions(fix *f, int32_t count)
{
    int32_t before = 0, after = 0;
    for (int32_t i = 0; i < count; i++) {
        while (f[before].t_s < f[i].t_s - 5)
            before++;
        while (after + 1 < count && f[after].t_s < f[i].t_s + 5)
            after++;
        double east, north, span = f[after].t_s - f[before].t_s;
        fix_offset(&f[before], &f[after], &east, &north);
        f[i].speed_e_mps = span > 0 && span < 30 ? east / span : NAN;
        f[i].speed_n_mps = span > 0 && span < 30 ? north / span : NAN;
    }
}

/* The way down begins at the highest fix; of what an aircraft lets go, with the first. */
static void find_descent(track *t)
{
    double low = t->fix[t->count - 1].height_msl_m;
    for (int32_t i = 0; i < t->count && t->kind != KIND_SONDE; i++) {
        if (t->fix[i].height_msl_m > t->fix[t->top].height_msl_m)
            t->top = i;
    }
    while (t->rises < t->top && t->fix[t->rises].height_msl_m < t->fix[0].height_msl_m + 20)
        t->rises++;
    t->lands = t->top;
    while (t->lands < t->count - 1 && t->fix[t->lands].height_msl_m > low + 5)
        t->lands++;
    t->ground_msl_m = t->fix[t->lands].height_msl_m;
    t->released = t->fix[t->top].height_msl_m - low > CAME_DOWN_M;
    if (!t->released)
        t->why_not = "NEVER RELEASED: it stays at the height of the aircraft to the end";
}

/* drop_YYYYMMDD_hhmmss.csv */
static double began_by_name(const char *name)
{
    const char *digits = strpbrk(name, "0123456789");
    if (!digits || strlen(digits) < 15)
        return NAN;
    char text[32];
    snprintf(text, sizeof text, "%.4s-%.2s-%.2sT%.2s:%.2s:%.2sZ", digits, digits + 4, digits + 6, digits + 9, digits + 11,
             digits + 13);
    ab_time at;
    return ab_time_parse(text, &at, NULL) ? (double)at : NAN;
}

static const rocket *rocket_of(const char *name)
{
    for (size_t i = 0; i < sizeof ROCKETS / sizeof *ROCKETS; i++) {
        if (strncmp(name, ROCKETS[i].name, strlen(ROCKETS[i].name)) == 0)
            return &ROCKETS[i];
    }
    return NULL;
}

static bool read_track(const char *path, const char *name, track_kind kind, track *t, ab_arena *arena)
{
    csv c;
    layout l;
    fixes found = {0};
    *t = (track){.kind = kind, .rocket = kind == KIND_ROCKET ? rocket_of(name) : NULL, .began_s = NAN};
    snprintf(t->name, sizeof t->name, "%.*s", (int)strcspn(name, "."), name);
    if (kind == KIND_SONDE)
        t->began_s = began_by_name(name);
    if (kind == KIND_ROCKET && !t->rocket) {
        fprintf(stderr, "%s: no mass, drag area or height of the pad is known of this rocket (ROCKETS in track.c), left out\n", path);
        return false;
    }
    bool fine = csv_open(&c, path);
    fine = fine && find_layout(&c, t, &l) && read_fixes(&c, &l, t, &found) && found.count > 20;
    csv_close(&c);
    t->fix = fine ? AB_NEW(arena, fix, found.count) : NULL;
    if (t->fix) {
        t->count = found.count;
        memcpy(t->fix, found.at, (size_t)found.count * sizeof *t->fix);
        if (l.speed < 0)
            speeds_by_positions(t->fix, t->count);
        find_descent(t);
    }
    AB_VEC_FREE(&found);
    if (!t->fix)
        fprintf(stderr, "%s: no track could be read from it (columns t_s, lat_deg, lon_deg and a height; 20 fixes)\n", path);
    return t->fix != NULL;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const track *)a)->name, ((const track *)b)->name);
}

static track_kind kind_of(const char *folder, const char *name)
{
    if (strcmp(folder, "dropsonde") == 0)
        return KIND_SONDE;
    if (strcmp(folder, "balloon") == 0)
        return strncmp(name, "EOSS", 4) == 0 ? KIND_BALLOON : KIND_RADIOSONDE;
    return KIND_ROCKET;
}

static bool read_folder(const char *folder, const char *part, track *tracks, int32_t cap, int32_t *count, ab_arena *arena)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, part);
    DIR *dir = opendir(path);
    if (!dir)
        return false;
    int32_t first = *count;
    for (struct dirent *e; (e = readdir(dir)) != NULL && *count < cap;) {
        const char *end = strrchr(e->d_name, '.');
        if (!end || strcmp(end, ".csv") != 0 || strstr(e->d_name, "profile"))
            continue;
        snprintf(path, sizeof path, "%s/%s/%s", folder, part, e->d_name);
        *count += read_track(path, e->d_name, kind_of(part, e->d_name), &tracks[*count], arena);
    }
    closedir(dir);
    qsort(tracks + first, (size_t)(*count - first), sizeof *tracks, by_name);
    return true;
}

int32_t tracks_read(const char *folder, track **tracks, ab_arena *arena)
{
    enum { CAP = 512 };
    static const char *const part[] = {"dropsonde", "balloon", "rocket"};
    int32_t count = 0, folders = 0;
    *tracks = AB_NEW(arena, track, CAP);
    for (int i = 0; *tracks && i < 3; i++)
        folders += read_folder(folder, part[i], *tracks, CAP, &count, arena);
    return *tracks && folders ? count : -1;
}
