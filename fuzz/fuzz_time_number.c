/* Numbers, counts, times, days and clocks: what is read can be written and reads back the same. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "airbridge/time.h"
#include "base/number.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
    if (!holds)
        abort();
}

static void check_number(const char *text)
{
    char written[AB_NUMBER_CAP];
    double value = 0;
    double again = 0;
    (void)ab__number_has_comma(text);
    bool is_number = ab__number_parse(text, &value);
    if (is_number) {
        check(isfinite(value));
        check(ab__number_parse(ab__number_format(value, written), &again) && again == value);
        (void)ab__number_people(value, 2, written);
        (void)ab__number_format_n(value, 15, written);
    }
    int64_t count = 0;
    if (ab__count_parse(text, &count)) {
        /* The double is the nearest to the whole number, which a conversion gives too. */
        check(is_number && value == (double)count);
    }
}

static void check_time(const char *text)
{
    char written[AB_TIME_TEXT_CAP];
    const char *why = NULL;
    ab_time time = 0;
    ab_time again = 0;
    if (!ab_time_parse(text, &time, &why)) {
        check(why != NULL);
    } else if (time >= -2208988800 &&
               time < 7258118400) { /* a zone may carry it beyond 1900 to 2199 */
        check(ab_time_parse(ab_time_format(time, written), &again, NULL) && again == time);
    }
    why = NULL;
    if (!ab_day_parse(text, &time, &why))
        check(why != NULL);
    else
        check(strcmp(ab_day_format(time, written), text) == 0);
    int32_t clock_s = 0;
    why = NULL;
    if (!ab_clock_parse(text, &clock_s, &why))
        check(why != NULL);
    else
        check(strcmp(ab_clock_format(clock_s, written), text) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char written[AB_TIME_TEXT_CAP];
    ab_time bits = 0;
    if (size > 0)
        memcpy(&bits, data, size < sizeof bits ? size : sizeof bits);
    check(strlen(ab_time_format(bits, written)) < sizeof written);
    /* A copy of its own, so that a sanitizer sees a read past the end. */
    char *text = malloc(size + 1);
    if (text == NULL)
        return 0;
    if (size > 0)
        memcpy(text, data, size);
    text[size] = '\0';
    check_number(text);
    check_time(text);
    free(text);
    return 0;
}
