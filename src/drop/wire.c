#include "drop/wire.h"

#include <string.h>

/* ---- Packing ---- */

static void add(ab_buf *out, const void *bytes, size_t size)
{
    ab__buf_add_n(out, bytes, size);
}

static void add_text(ab_buf *out, const char *text)
{
    size_t size = strlen(text);
    add(out, &size, sizeof size);
    add(out, text, size);
}

static void add_region(ab_buf *out, const ab_region *region)
{
    size_t points = 0;
    for (int32_t r = 0; r < region->ring_count; r++)
        points += (size_t)region->ring_points[r];
    add(out, region->ring_points, (size_t)region->ring_count * sizeof *region->ring_points);
    add(out, region->lon_lat_deg, 2 * points * sizeof *region->lon_lat_deg);
}

static void add_wind(ab_buf *out, const ab_wind_column *wind)
{
    size_t levels = (size_t)wind->levels, all = levels * (size_t)wind->members;
    add(out, wind, sizeof *wind);
    add_text(out, wind->source);
    add(out, wind->height_msl_m, levels * sizeof(double));
    add(out, wind->wind_e_mps, all * sizeof(double));
    add(out, wind->wind_n_mps, all * sizeof(double));
    add(out, wind->density_kg_m3, all * sizeof(double));
}

void ab__drop_pack(ab_buf *out, ab__worked done, const ab_airdrop *drop)
{
    add(out, &done, sizeof done);
    if (done != AB__WORKED)
        return;
    add(out, drop, sizeof *drop);
    for (int32_t g = 0; g < AB_GATES; g++)
        add_text(out, drop->gate[g].text);
    add_text(out, drop->passed_over);
    if (!drop->wind)
        return;
    add_wind(out, drop->wind);
    add(out, drop->exclusion, (size_t)drop->exclusion_count * sizeof *drop->exclusion);
    add(out, drop->exclusion_prob, (size_t)drop->exclusion_count * sizeof *drop->exclusion_prob);
    for (size_t r = 0; r < sizeof drop->region / sizeof *drop->region; r++)
        add_region(out, &drop->region[r]);
}

/* ---- Unpacking ---- */

static bool take(ab__packed *from, void *into, size_t size)
{
    if ((size_t)(from->end - from->at) < size)
        return false;
    if (size > 0)
        memcpy(into, from->at, size);
    from->at += size;
    return true;
}

/* An array of `count`; NULL: out of memory, or there are not so many bytes. */
static void *take_array(ab__packed *from, ab_arena *keep, size_t count, size_t size)
{
    if (count > (size_t)(from->end - from->at) / size)
        return NULL;
    void *array = ab__arena_array(keep, count, size);
    return array && take(from, array, count * size) ? array : NULL;
}

static bool take_text(ab__packed *from, ab_arena *keep, const char **out)
{
    size_t size;
    *out = NULL;
    if (!take(from, &size, sizeof size) || size > (size_t)(from->end - from->at))
        return false;
    *out = ab__arena_text_n(keep, from->at, size);
    from->at += size;
    return *out != NULL;
}

static bool take_region(ab__packed *from, ab_arena *keep, ab_region *region)
{
    size_t points = 0;
    const int32_t *ring = take_array(from, keep, (size_t)region->ring_count, sizeof *ring);
    for (int32_t r = 0; ring && r < region->ring_count; r++)
        points += (size_t)ring[r];
    region->ring_points = ring;
    region->lon_lat_deg = ring ? take_array(from, keep, 2 * points, sizeof(double)) : NULL;
    return region->lon_lat_deg != NULL;
}

static bool take_column(ab__packed *from, ab_arena *arena, ab_wind_column *wind)
{
    if (!take(from, wind, sizeof *wind) || wind->levels < 0 || wind->members < 0)
        return false;
    size_t levels = (size_t)wind->levels, all = levels * (size_t)wind->members;
    wind->arena = arena;
    wind->height_msl_m = wind->wind_e_mps = wind->wind_n_mps = wind->density_kg_m3 = NULL;
    if (take_text(from, arena, &wind->source))
        wind->height_msl_m = take_array(from, arena, levels, sizeof(double));
    if (wind->height_msl_m)
        wind->wind_e_mps = take_array(from, arena, all, sizeof(double));
    if (wind->wind_e_mps)
        wind->wind_n_mps = take_array(from, arena, all, sizeof(double));
    if (wind->wind_n_mps)
        wind->density_kg_m3 = take_array(from, arena, all, sizeof(double));
    return wind->density_kg_m3 != NULL;
}

/* NULL: out of memory, or cut short. */
static const ab_wind_column *take_wind(ab__packed *from)
{
    ab_arena *arena = ab__arena_new();
    ab_wind_column *wind = arena ? AB_NEW(arena, ab_wind_column, 1) : NULL;
    if (wind && take_column(from, arena, wind))
        return wind;
    ab__arena_free(arena);
    return NULL;
}

/* What a drop with wind has besides its texts. */
static bool take_outcome(ab__packed *from, ab_arena *keep, ab_airdrop *drop)
{
    size_t count = (size_t)drop->exclusion_count;
    bool taken = true;
    drop->exclusion = take_array(from, keep, count, sizeof *drop->exclusion);
    drop->exclusion_prob = drop->exclusion ? take_array(from, keep, count, sizeof *drop->exclusion_prob) : NULL;
    for (size_t r = 0; taken && r < sizeof drop->region / sizeof *drop->region; r++)
        taken = take_region(from, keep, &drop->region[r]);
    return taken && drop->exclusion_prob;
}

bool ab__drop_unpack(ab__packed *from, ab_arena *keep, ab__worked *done, ab_airdrop *drop)
{
    ab_airdrop packed;
    if (!take(from, done, sizeof *done))
        return false;
    if (*done != AB__WORKED)
        return true;
    if (!take(from, &packed, sizeof packed))
        return false;
    bool windy = packed.wind != NULL, taken = true;
    *drop = packed;
    drop->wind = NULL; /* until there is one that can be freed */
    for (int32_t g = 0; taken && g < AB_GATES; g++)
        taken = take_text(from, keep, &drop->gate[g].text);
    taken = taken && take_text(from, keep, &drop->passed_over);
    if (!taken || !windy)
        return taken;
    drop->wind = take_wind(from);
    return drop->wind && take_outcome(from, keep, drop);
}
