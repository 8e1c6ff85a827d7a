/* Any bytes as BUFR, read in a child: sound soundings, or refused with words. */
#define _GNU_SOURCE /* MAP_ANONYMOUS */
#include <eccodes.h>

#include "weather.h"

/* ecCodes reads its definitions when it first needs them: once here, not again in every child. */
static void warm_up(void)
{
    static bool warm;
    codes_handle *h = warm ? NULL : codes_bufr_handle_new_from_samples(NULL, "BUFR4");

    must(warm || h != NULL, "ecCodes has its samples");
    if (h != NULL) {
        (void)codes_set_long(h, "unpack", 1);
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
