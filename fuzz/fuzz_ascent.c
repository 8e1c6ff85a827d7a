/* Any numbers as the levels of a radiosonde: levels rise, and each has a wind; the order of the report does not matter. */
#define _GNU_SOURCE /* MAP_ANONYMOUS */
#include "weather.h"

enum { LEVELS_MOST = 200 };

static ab_sounding made(ab_arena *arena, ab_ascent_level *levels, int32_t count)
{
    ab_error err = AB_ERROR_INIT;
    ab_weather from = {.name = "a", .arena = arena, .err = &err};
    ab_sounding out = {.levels = 0};

    must(ab__ascent_levels(&from, levels, count, &out) == AB_OK, "there is memory");
    if (out.levels >= 2)
        check_sounding(&out);
    return out;
}

/* Small whole numbers become levels near real ones; a byte of 255 stands for none. */
static ab_ascent_level level_of(const uint8_t *b)
{
    return (ab_ascent_level){b[0] * 500.0, b[1] == 255 ? NAN : b[1] * 150.0 - 500,
                             b[2] == 255 ? NAN : b[2] + 100.0, b[3] == 255 ? NAN : b[3] * 1.5,
                             b[4] == 255 ? NAN : b[4] * 0.75};
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ab_ascent_level levels[LEVELS_MOST], turned[LEVELS_MOST];
    ab_arena *arena = ab__arena_new();
    bool once = true;
    int32_t count = 0;

    for (; size >= 5 && count < LEVELS_MOST; data += 5, size -= 5) {
        levels[count] = level_of(data);
        for (int32_t i = 0; i < count; i++)
            once = once && levels[i].pressure_pa != levels[count].pressure_pa;
        count++;
    }
    for (int32_t i = 0; i < count; i++)
        turned[count - 1 - i] = levels[i];
    must(arena != NULL, "there is memory");
    ab_sounding a = made(arena, levels, count), b = made(arena, turned, count);
    must(!once || a.levels == b.levels, "the order of the report does not matter");
    for (int32_t l = 0; once && l < a.levels; l++)
        must(a.height_msl_m[l] == b.height_msl_m[l], "the order of the report does not matter");
    ab__arena_free(arena);
    return 0;
}
