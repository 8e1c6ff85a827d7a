/* Well-known text: what is read has the shape that wkt.h promises, and reads back the same once written;
 * what is refused has a reason and a place. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "geo/wkt.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
    if (!holds)
        abort();
}

static void check_promises(const ab_wkt *wkt)
{
    static const int32_t fewest[] = {[AB_WKT_POINT] = 1, [AB_WKT_LINE] = 2, [AB_WKT_POLYGON] = 4};
    check(wkt->part_count >= 1 && wkt->part_start[0] == 0);
    for (int32_t part = 0; part < wkt->part_count; part++)
        check(wkt->part_start[part + 1] - wkt->part_start[part] >= fewest[wkt->kind]);
    for (int32_t i = 0; i < wkt->part_start[wkt->part_count]; i++) {
        double lon_deg = wkt->lon_lat_deg[2 * i];
        double lat_deg = wkt->lon_lat_deg[2 * i + 1];
        check(lon_deg >= -180 && lon_deg <= 180 && lat_deg >= -90 && lat_deg <= 90);
        if (wkt->kind == AB_WKT_POLYGON)
            (void)ab__polygon_holds(wkt, lon_deg, lat_deg);
    }
}

static void check_again(const ab_wkt *wkt, ab_arena *arena)
{
    ab_buf out = AB_BUF_INIT;
    ab_wkt again;
    const char *why = NULL;
    int32_t at = 0;
    ab__wkt_format(wkt, &out);
    check(ab__wkt_parse(ab__buf_text(&out), arena, &again, &why, &at));
    check(again.kind == wkt->kind && again.part_count == wkt->part_count);
    for (int32_t part = 0; part <= wkt->part_count; part++)
        check(again.part_start[part] == wkt->part_start[part]);
    for (int32_t i = 0; i < 2 * wkt->part_start[wkt->part_count]; i++)
        check(again.lon_lat_deg[i] == wkt->lon_lat_deg[i]);
    ab__buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ab_arena *arena = ab__arena_new();
    /* A copy of its own, so that a sanitizer sees a read past the end. */
    char *text = malloc(size + 1);
    if (arena != NULL && text != NULL) {
        ab_wkt wkt;
        const char *why = NULL;
        int32_t at = -1;
        if (size > 0)
            memcpy(text, data, size);
        text[size] = '\0';
        if (ab__wkt_parse(text, arena, &wkt, &why, &at)) {
            check_promises(&wkt);
            check_again(&wkt, arena);
        } else {
            check(why != NULL && at >= 0 && (size_t)at <= strlen(text));
        }
    }
    free(text);
    ab__arena_free(arena);
    return 0;
}
