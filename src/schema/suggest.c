#include "schema/suggest.h"

#include <stdio.h>
#include <string.h>

#include "airbridge/time.h"
#include "base/number.h"

enum { TEXT_CAP = AB_SUGGEST_CAP };

/* `text` as digits, commas, points, signs and exponents alone: separators of thousands that are neither
 * comma nor point (ab__number_has_comma knows them) are left out. false: too long for a number. */
static bool compacted(const char *text, char out[TEXT_CAP])
{
    size_t n = 0;
    for (; *text != '\0'; text++) {
        if (strchr("0123456789,.+-eE", *text) == NULL)
            continue;
        if (n + 1 >= TEXT_CAP)
            return false;
        out[n++] = *text;
    }
    out[n] = '\0';
    return n > 0;
}

static int count_of(const char *text, char mark)
{
    int count = 0;
    for (; *text != '\0'; text++)
        count += *text == mark;
    return count;
}

/* Could the only `mark` in `text` stand before a group of thousands, as in 12,000? */
static bool may_group(const char *text, char mark)
{
    const char *digits = *text == '-' || *text == '+' ? text + 1 : text;
    const char *at = strchr(digits, mark);
    return at != NULL && at > digits && at - digits <= 3 && *digits != '0' &&
           strspn(digits, "0123456789") == (size_t)(at - digits) && strlen(at + 1) == 3 &&
           strspn(at + 1, "0123456789") == 3;
}

bool ab__number_is_grouped(const char *text)
{
    return may_group(text, '.');
}

/* `text` with `dropped` left out and `decimal` as a point. */
static void rewritten(const char *text, const char *dropped, char decimal, char out[TEXT_CAP])
{
    size_t n = 0;
    for (; *text != '\0'; text++)
        if (strchr(dropped, *text) == NULL)
            out[n++] = *text == decimal ? '.' : *text;
    out[n] = '\0';
}

static bool is_number(const char *text, bool whole)
{
    double value;
    int64_t count;
    return whole ? ab__count_parse(text, &count) : ab__number_parse(text, &value);
}

bool ab__suggest_either(const char *text, char with_point[AB_SUGGEST_CAP],
                        char without[AB_SUGGEST_CAP])
{
    char compact[TEXT_CAP];
    if (!compacted(text, compact) || strcmp(compact, text) != 0)
        return false;
    char mark = strchr(text, ',') != NULL ? ',' : '.';
    if (count_of(text, ',') + count_of(text, '.') != 1 || !may_group(text, mark))
        return false;
    rewritten(text, "", mark, with_point);
    rewritten(text, ",.", '.', without);
    return true;
}

bool ab__suggest_number(const char *text, bool whole, ab_buf *out)
{
    char compact[TEXT_CAP], with_point[TEXT_CAP], without[TEXT_CAP];
    bool grouped = ab__number_is_grouped(text);
    if ((!grouped && !ab__number_has_comma(text)) || !compacted(text, compact))
        return false;
    int commas = count_of(compact, ','), points = count_of(compact, '.');
    /* The mark that stands last is the decimal one, unless it stands more than once. */
    char decimal = ',';
    if (commas == 0 || (points > 0 && strrchr(compact, '.') > strrchr(compact, ',')))
        decimal = '.';
    bool no_decimal = (decimal == ',' ? commas : points) != 1;
    bool either = commas + points == 1 && may_group(compact, decimal);
    rewritten(compact, ",.", '.', without);
    rewritten(compact, decimal == ',' ? "." : ",", decimal, with_point);
    if (either && !whole && is_number(with_point, false)) {
        ab__buf_printf(out, "write %s with a point, or %s without separators", with_point, without);
        return true;
    }
    const char *plain = no_decimal || either ? without : with_point;
    if (!is_number(plain, whole))
        return false;
    ab__buf_printf(out, plain == without ? "write %s without separators" : "write %s with a point",
                   plain);
    return true;
}

ab_time_flaw ab__suggest_time(const char *text, ab_buf *out)
{
    char repaired[TEXT_CAP];
    ab_time time;
    if (strlen(text) + sizeof "T00:00Z" > sizeof repaired)
        return AB_TIME_NOT_PLAIN;
    (void)snprintf(repaired, sizeof repaired, "%sT00:00Z", text);
    if (ab_time_parse(repaired, &time, NULL)) {
        ab__buf_printf(out, "write %s if its first moment is meant, in UTC", repaired);
        return AB_TIME_OTHER_FORM;
    }
    size_t n = 0;
    for (; text[n] != '\0'; n++)
        repaired[n] = text[n] == ' ' || text[n] == 't' ? 'T' : text[n] == 'z' ? 'Z' : text[n];
    (void)strcpy(repaired + n, "");
    if (ab_time_parse(repaired, &time, NULL)) {
        ab__buf_printf(out, "write %s", repaired);
        return AB_TIME_OTHER_FORM;
    }
    (void)strcpy(repaired + n, "Z");
    if (ab_time_parse(repaired, &time, NULL)) {
        ab__buf_printf(out, "add its zone: %s if it is UTC", repaired);
        return AB_TIME_NO_ZONE;
    }
    return AB_TIME_NOT_PLAIN;
}

void ab__suggest_day(const char *text, ab_buf *out)
{
    char day[11] = "";
    ab_time time;
    if (strlen(text) <= 10 || (text[10] != 'T' && text[10] != ' '))
        return;
    memcpy(day, text, 10);
    if (ab_day_parse(day, &time, NULL))
        ab__buf_printf(out, "write the day alone, %s, without a time", day);
}
