/* Any bytes as BUFR, read in a child: a sound forecast or soundings, or refused with words. */
#define _GNU_SOURCE /* MAP_ANONYMOUS */
#include "weather.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    read_weather(data, size);
    return 0;
}
