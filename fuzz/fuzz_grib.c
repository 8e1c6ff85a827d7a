/* Any bytes as GRIB, read in a child: a sound forecast, or refused with words. */
#define _GNU_SOURCE /* MAP_ANONYMOUS */
#include <eccodes.h>

#include "weather.h"

/* ecCodes reads its definitions when it first needs them: once here, not again in every child. */
static void warm_up(void)
{
    static const char *const samples[] = {"regular_ll_pl_grib1", "regular_ll_pl_grib2"};
    static bool warm;

    for (int i = 0; i < 2 && !warm; i++) {
        codes_handle *h = codes_grib_handle_new_from_samples(NULL, samples[i]);
        char word[100];
        size_t size = sizeof word;
        long number;
        must(h != NULL, "ecCodes has its samples");
        (void)codes_get_string(h, "shortName", word, &size);
        (void)codes_get_long(h, "paramId", &number);
        (void)codes_get_long(h, "validityDate", &number);
        (void)codes_handle_delete(h);
    }
    warm = true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    warm_up();
    read_weather(data, size);
    return 0;
}
