/* Figures that would fit in another unit. */
#include <string.h>

#include "base/number.h"
#include "schema/suggest.h"

typedef struct mistaken {
    const char *unit; /* of the column, as it begins */
    const char *as;   /* what the figure may be in */
    double factor;    /* from that to the column's unit */
} mistaken;

/* The likeliest first. 1 kcal = 4.184 kJ (thermochemical). */
static const mistaken mistakes[] = {
    {"t", "kg", 1e-3},
    {"kg", "g", 1e-3},
    {"kg", "t", 1e3},
    {"km", "m", 1e-3},
    {"m", "km", 1e3},
    {"m", "cm", 1e-2},
    {"m3", "litres", 1e-3},
    {"h", "minutes", 1.0 / 60},
    {"h", "seconds", 1.0 / 3600},
    {"days", "hours", 1.0 / 24},
    {"probability", "per cent", 1e-2},
    {"share", "per cent", 1e-2},
    {"kcal/kg", "kJ/kg", 1 / 4.184},
    {"kcal/kg", "kcal for 100 g", 10},
    {"kcal", "kJ", 1 / 4.184},
    {"USD/t", "USD/kg", 1e3},
};

/* "t" is the unit of "t" and of "t/day", not of "trips"; what is so much an hour or a second is another thing. */
static bool is_unit(const char *unit, const char *other)
{
    size_t size = strlen(other);
    const char *rest = unit + size;
    return strncmp(unit, other, size) == 0 && strchr("/ ", *rest) != NULL &&
           strcmp(rest, "/h") != 0 && strcmp(rest, "/s") != 0;
}

/* What is beyond its range by a little is no matter of units. */
static bool is_far(double value, double least, double greatest)
{
    static const double FAR = 1.1;
    return value > 0 && (value > greatest * FAR || value < least / FAR);
}

bool ab__suggest_unit(const char *unit, double value, double least, double greatest, ab_buf *out)
{
    char number[AB_NUMBER_CAP];
    if (!is_far(value, least, greatest))
        return false;
    for (size_t i = 0; i < sizeof mistakes / sizeof mistakes[0]; i++) {
        double meant = value * mistakes[i].factor;
        if (!is_unit(unit, mistakes[i].unit) || !(meant >= least && meant <= greatest))
            continue;
        const char *rest = unit + strlen(mistakes[i].unit);
        ab__buf_printf(out, "if it is in %s%s, write %s", mistakes[i].as, rest,
                       ab__number_format_n(meant, 6, number));
        return true;
    }
    double grown = value * 1000;
    if (value < least && grown >= least && grown <= greatest) {
        ab__buf_printf(out, "a thousand times as much, %s, would fit: was it divided twice?",
                       ab__number_format_n(grown, 6, number));
        return true;
    }
    return false;
}
