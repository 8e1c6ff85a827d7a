#include "base/number.h"

#include "airbridge/number.h"

#include <math.h>
#include <string.h>

#include "base/c_locale.h"

/* A double has 17 significant digits at most that tell it from its neighbours, and keeps any 15. */
enum { KEPT_DIGITS = 15, TELLING_DIGITS = 17, MOST_DECIMALS = 9 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static const char *skip_spaces(const char *text)
{
    while (is_space(*text))
        text++;
    return text;
}

static const char *skip_digits(const char *text)
{
    while (is_digit(*text))
        text++;
    return text;
}

static const char *skip_sign(const char *text)
{
    return *text == '+' || *text == '-' ? text + 1 : text;
}

/* Where the number lies in its text. */
typedef struct number_parts {
    const char *mantissa; /* digits, with a point perhaps */
    const char *mantissa_end;
    const char *exponent; /* sign and digits, NULL: none */
    const char *end;
    bool negative;
} number_parts;

static bool find_parts(const char *text, number_parts *parts)
{
    *parts = (number_parts){.mantissa = skip_sign(text), .negative = *text == '-'};
    const char *at = skip_digits(parts->mantissa);
    if (at == parts->mantissa)
        return false;
    if (*at == '.') {
        if (!is_digit(at[1]))
            return false;
        at = skip_digits(at + 1);
    }
    parts->mantissa_end = at;
    if (*at == 'e' || *at == 'E') {
        const char *digits = skip_sign(at + 1);
        if (!is_digit(*digits))
            return false;
        parts->exponent = at + 1;
        at = skip_digits(digits);
    }
    parts->end = at;
    return true;
}

const char *ab__number_scan(const char *text, double *out)
{
    number_parts parts;
    if (!find_parts(text, &parts))
        return NULL;
    char *end;
    double value = ab__c_strtod(text, &end);
    /* strtod knows more forms (hexadecimal, "1."), so it may not stop where the grammar does. */
    if (end != parts.end || !isfinite(value))
        return NULL;
    *out = value;
    return parts.end;
}

bool ab__number_parse(const char *text, double *out)
{
    double value;
    const char *end = ab__number_scan(skip_spaces(text), &value);
    if (end == NULL || *skip_spaces(end) != '\0')
        return false;
    *out = value;
    return true;
}

static int64_t read_exponent(const number_parts *parts)
{
    if (parts->exponent == NULL)
        return 0;
    const int64_t enough = INT64_C(1000000000000000000); /* far beyond any text's length */
    int64_t exponent = 0;
    for (const char *at = skip_sign(parts->exponent); is_digit(*at); at++)
        exponent = exponent < enough / 10 ? exponent * 10 + (*at - '0') : enough;
    return *parts->exponent == '-' ? -exponent : exponent;
}

static bool append_digit(uint64_t *magnitude, int digit, uint64_t most)
{
    if (*magnitude > (most - (uint64_t)digit) / 10)
        return false;
    *magnitude = *magnitude * 10 + (uint64_t)digit;
    return true;
}

/* By digits and not through a double, which would round 9007199254740993. */
static bool read_whole(const number_parts *parts, uint64_t most, uint64_t *out)
{
    const char *point = skip_digits(parts->mantissa);
    /* Digits before the point once the exponent has moved it. */
    int64_t whole_digits = (point - parts->mantissa) + read_exponent(parts);
    int64_t place = 0;
    uint64_t magnitude = 0;
    for (const char *at = parts->mantissa; at < parts->mantissa_end; at++) {
        if (at == point)
            continue;
        if (place < whole_digits) {
            if (!append_digit(&magnitude, *at - '0', most))
                return false;
        } else if (*at != '0') {
            return false;
        }
        place++;
    }
    for (; place < whole_digits && magnitude > 0; place++) {
        if (!append_digit(&magnitude, 0, most))
            return false;
    }
    *out = magnitude;
    return true;
}

bool ab__count_parse(const char *text, int64_t *out)
{
    number_parts parts;
    uint64_t magnitude;
    if (!find_parts(skip_spaces(text), &parts) || *skip_spaces(parts.end) != '\0')
        return false;
    uint64_t most = (uint64_t)INT64_MAX + (parts.negative ? 1 : 0);
    if (!read_whole(&parts, most, &magnitude))
        return false;
    if (!parts.negative)
        *out = (int64_t)magnitude;
    else
        *out = magnitude == most ? INT64_MIN : -(int64_t)magnitude;
    return true;
}

/* Bytes of the sign at `text` that parts digits in some country, 0: none. */
static size_t separator_size(const char *text)
{
    static const char *const separators[] = {",",           "'", " ", "\xC2\xA0", "\xE2\x80\xAF",
                                             "\xE2\x80\x99"};
    for (size_t i = 0; i < sizeof separators / sizeof *separators; i++) {
        size_t size = strlen(separators[i]);
        if (strncmp(text, separators[i], size) == 0)
            return size;
    }
    return 0;
}

bool ab__number_has_comma(const char *text)
{
    int separators = 0;
    int points = 0;
    bool after_digit = false;
    const char *at = skip_sign(skip_spaces(text));
    while (*at != '\0' && *skip_spaces(at) != '\0') {
        size_t size = separator_size(at);
        if (!is_digit(*at) && !is_digit(at[size > 0 ? size : 1]))
            return false;
        if (size == 0 && !is_digit(*at) && *at != '.')
            return false;
        separators += size > 0 ? 1 : 0;
        points += *at == '.' ? 1 : 0;
        after_digit = is_digit(*at);
        at += size > 0 ? size : 1;
    }
    return after_digit && (separators > 0 || points > 1);
}

const char *ab__number_format_n(double value, int digits, char out[AB_NUMBER_CAP])
{
    out[0] = '\0';
    if (!isfinite(value))
        return out;
    value += 0.0; /* no "-0" */
    int most = digits < 1 ? 1 : digits > TELLING_DIGITS ? TELLING_DIGITS : digits;
    for (int n = most < KEPT_DIGITS ? most : KEPT_DIGITS; n <= most; n++) {
        (void)ab__c_snprintf(out, AB_NUMBER_CAP, "%.*g", n, value);
        if (ab__c_strtod(out, NULL) == value)
            break;
    }
    return out;
}

const char *ab__number_format(double value, char out[AB_NUMBER_CAP])
{
    return ab__number_format_n(value, TELLING_DIGITS, out);
}

/* printf rounds an exact half to the even neighbour; people expect it away from zero. With one decimal
 * more the half shows as a last 5, and it is exact if the value has no finer binary digits. */
static double lift_half(double value, int decimals)
{
    char text[AB_NUMBER_CAP];
    double scaled = ldexp(value, decimals + 1);
    int size = ab__c_snprintf(text, sizeof text, "%.*f", decimals + 1, value);
    if (scaled != floor(scaled) || text[size - 1] != '5')
        return value;
    return nextafter(value, value < 0 ? -INFINITY : INFINITY);
}

const char *ab__number_people(double value, int decimals, char out[AB_NUMBER_CAP])
{
    /* From 1e15 on there are no halves, and from 1e16 on not every whole number. */
    if (!(fabs(value) < 1e15))
        return ab__number_format(value, out);
    int kept = decimals < 0 ? 0 : decimals > MOST_DECIMALS ? MOST_DECIMALS : decimals;
    char plain[AB_NUMBER_CAP];
    (void)ab__c_snprintf(plain, sizeof plain, "%.*f", kept, lift_half(value, kept));
    const char *digits = skip_sign(plain);
    char *to = out;
    if (*plain == '-' && strspn(digits, "0.") < strlen(digits))
        *to++ = '-';
    const char *point = skip_digits(digits);
    for (const char *at = digits; at < point; at++) {
        *to++ = *at;
        if (point - at > 1 && (point - at) % 3 == 1)
            *to++ = ',';
    }
    memcpy(to, point, strlen(point) + 1);
    return out;
}

bool ab_number_parse(const char *text, double *out)
{
    return ab__number_parse(text, out);
}
