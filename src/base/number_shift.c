/* Numbers times powers of ten, digit by digit: no digit is lost, and none made up. */
#include <stdlib.h>
#include <string.h>

#include "base/c_locale.h"
#include "base/number.h"

enum { POWER_MOST = 15, DIGITS_MOST = 60 };

bool ab__number_power_of_ten(double value, int *places)
{
    char text[16];
    for (int power = -POWER_MOST; power <= POWER_MOST; power++) {
        (void)ab__c_snprintf(text, sizeof text, "1e%d", power);
        if (ab__c_strtod(text, NULL) != value)
            continue;
        *places = power;
        return true;
    }
    return false;
}

/* 0.digits times 10 to the power of `point` */
typedef struct decimal {
    bool negative;
    char digits[DIGITS_MOST];
    int count;
    long point;
} decimal;

static bool take(decimal *into, char digit)
{
    if (into->count == DIGITS_MOST)
        return false;
    into->digits[into->count++] = digit;
    return true;
}

static bool read_decimal(const char *text, decimal *into)
{
    double value;
    *into = (decimal){.negative = false};
    if (!ab__number_parse(text, &value))
        return false;
    while (strchr("+- \t\r\n", *text) != NULL && *text != '\0')
        into->negative |= *text++ == '-';
    for (bool fraction = false; *text == '.' || (*text >= '0' && *text <= '9'); text++) {
        if (*text == '.') {
            fraction = true;
            continue;
        }
        if (!take(into, *text))
            return false;
        into->point += fraction ? 0 : 1;
    }
    if (*text == 'e' || *text == 'E')
        into->point += strtol(text + 1, NULL, 10);
    return true;
}

bool ab__number_shift(const char *text, int places, ab_buf *out)
{
    decimal of;
    if (!read_decimal(text, &of))
        return false;
    of.point += places;
    int first = 0;
    while (first < of.count && first < of.point - 1 && of.digits[first] == '0')
        first++; /* zeros before the first digit */
    if (of.point < -DIGITS_MOST || of.point > DIGITS_MOST)
        return false;
    while (of.count > 0 && of.count > of.point && of.digits[of.count - 1] == '0')
        of.count--; /* and after the last one, behind the point */
    if (of.negative)
        ab__buf_char(out, '-');
    if (of.point <= 0) {
        ab__buf_add(out, of.count > 0 ? "0." : "0");
        for (long i = of.count > 0 ? of.point : 0; i < 0; i++)
            ab__buf_char(out, '0');
    }
    for (long i = first; i < of.count || i < of.point; i++) {
        if (i == of.point && i > 0)
            ab__buf_char(out, '.');
        ab__buf_char(out, i < of.count ? of.digits[i] : '0');
    }
    return true;
}
