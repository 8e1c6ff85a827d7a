/* Numbers, flags and codes. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "schema/cell.h"
#include "schema/find.h"
#include "schema/suggest.h"
#include "schema/words.h"

static bool in_range(const ab_column *column, double value)
{
    return !column->ranged || (value >= column->least && value <= column->greatest);
}

bool ab__number_meant(const ab_column *column, const char *text, ab_buf *meant, ab_buf *hint)
{
    char with_point[AB_SUGGEST_CAP], without[AB_SUGGEST_CAP];
    double point, grouped;
    bool whole = column->type == AB_TYPE_COUNT;
    if (!ab__suggest_either(text, with_point, without) || !ab__number_parse(with_point, &point) ||
        !ab__number_parse(without, &grouped))
        return false;
    bool is_whole = !whole || point == floor(point);
    bool fits = is_whole && in_range(column, point) && (!whole || point >= 0);
    if (fits == (in_range(column, grouped) && (!whole || grouped >= 0)))
        return false;
    ab__buf_add(meant, fits ? with_point : without);
    ab__buf_printf(hint, "write %s: %s is %s", fits ? with_point : without,
                   fits ? without : with_point, is_whole ? "out of range" : "no whole number");
    return true;
}

static bool number_flaw(ab_cell *cell, const char *text, bool whole)
{
    ab_buf hint = AB_BUF_INIT, meant = AB_BUF_INIT;
    bool comma = ab__number_meant(cell->column, text, &meant, &hint) ||
                 ab__suggest_number(text, whole, &hint) || ab__number_has_comma(text);
    ab__buf_free(&meant);
    (void)ab__cell_flaw(cell, comma ? AB_ISSUE_DECIMAL_COMMA : AB_ISSUE_NOT_A_NUMBER, NULL, text,
                        ab__buf_text(&hint));
    ab__buf_free(&hint);
    return false;
}

static bool out_of_range(ab_cell *cell, const char *text, double value)
{
    const ab_column *column = cell->column;
    ab_buf hint = AB_BUF_INIT;
    if (column->ranged)
        (void)ab__suggest_unit(column->unit, value, column->least, column->greatest, &hint);
    (void)ab__cell_flaw(cell, AB_ISSUE_OUT_OF_RANGE, NULL, text, ab__buf_text(&hint));
    ab__buf_free(&hint);
    return false;
}

bool ab__read_number(ab_cell *cell, const char *text, void *out)
{
    double value;
    if (!ab__number_parse(text, &value))
        return number_flaw(cell, text, false);
    if (!in_range(cell->column, value))
        return out_of_range(cell, text, value);
    *(ab_c_NUMBER *)out = value * ab__column_si(cell->column);
    return true;
}

/* 42.5 people are none; 42.5 thousand may be. */
static bool fraction_flaw(ab_cell *cell, const char *text, double fraction)
{
    char hint[64] = "", whole[AB_NUMBER_CAP];
    double thousands = fraction * 1000;
    if (thousands > 0 && fabs(thousands - round(thousands)) < 1e-6 &&
        in_range(cell->column, thousands))
        (void)snprintf(hint, sizeof hint, "if it is in thousands, write %s",
                       ab__number_format(round(thousands), whole));
    return ab__cell_flaw(cell, AB_ISSUE_NOT_A_NUMBER, NULL, text, hint);
}

bool ab__read_count(ab_cell *cell, const char *text, void *out)
{
    int64_t value;
    double fraction;
    /* 12.000 would be read as twelve: a thousandth of what was meant is worse than a refusal. */
    if (ab__number_is_grouped(text))
        return number_flaw(cell, text, true);
    if (!ab__count_parse(text, &value)) {
        bool number = ab__number_parse(text, &fraction);
        if (number && !in_range(cell->column, fraction))
            return out_of_range(cell, text, fraction);
        return number ? fraction_flaw(cell, text, fraction) : number_flaw(cell, text, true);
    }
    if (value < 0 || !in_range(cell->column, (double)value))
        return out_of_range(cell, text, (double)value);
    *(ab_c_COUNT *)out = value;
    return true;
}

/* In the order of their values. */
static const ab_code_list *flag_words(void)
{
    static const ab_label no = {{"false", "non; faux", "لا; خطأ"}};
    static const ab_label yes = {{"true; x", "oui; vrai", "نعم; صح"}};
    static const ab_code words[] = {{"no", "", &no}, {"yes", "", &yes}};
    static const ab_code_list list = {"flag", words, 2};
    return &list;
}

bool ab__read_flag(ab_cell *cell, const char *text, void *out)
{
    int32_t value = ab__word_find(cell->reader, flag_words(), text);
    if (value >= 0) {
        *(ab_c_FLAG *)out = value;
        return true;
    }
    const char *hint = strchr("yYtT1", text[0]) != NULL   ? "write yes"
                       : strchr("nNfF0", text[0]) != NULL ? "write no"
                                                          : NULL;
    return ab__cell_flaw(cell, AB_ISSUE_UNKNOWN_CODE, NULL, text, hint);
}

static bool unknown_word(ab_cell *cell, const char *word)
{
    ab_nearest nearest = ab__nearest_to(word);
    for (int32_t i = 0; i < cell->column->codes->count; i++)
        ab__nearest_try(&nearest, cell->column->codes->codes[i].word);
    for (int32_t i = 0; i < cell->column->codes->count; i++)
        ab__nearest_try_label(&nearest, cell->column->codes->codes[i].label, cell->reader->work);
    ab_buf hint = AB_BUF_INIT;
    ab__nearest_hint(&nearest, &hint);
    (void)ab__cell_flaw(cell, AB_ISSUE_UNKNOWN_CODE, NULL, word, ab__buf_text(&hint));
    ab__buf_free(&hint);
    return false;
}

bool ab__read_code(ab_cell *cell, const char *text, void *out)
{
    int32_t code = ab__word_find(cell->reader, cell->column->codes, text);
    if (code < 0)
        return unknown_word(cell, text);
    *(ab_c_CODE *)out = code;
    return true;
}

bool ab__read_codes(ab_cell *cell, const char *text, void *out)
{
    ab_parts parts;
    if (!ab__cell_split(cell, text, cell->reader->work, &parts))
        return false;
    uint32_t set = 0;
    bool known = true;
    for (int32_t i = 0; i < parts.count; i++) {
        int32_t code = ab__word_find(cell->reader, cell->column->codes, parts.at[i]);
        if (code < 0)
            known = unknown_word(cell, parts.at[i]);
        else
            set |= UINT32_C(1) << code;
    }
    if (known)
        *(ab_c_CODES *)out = set;
    return known;
}
