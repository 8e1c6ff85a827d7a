/* Which export a sheet is, by its columns. */
#include <string.h>

#include "base/buf.h"
#include "events/event.h"
#include "schema/issues.h"

static const char *const words[] = {
#define AB_EVENT_COLUMN(name, word) word,
#include "events/columns.def"
#undef AB_EVENT_COLUMN
};

/* clang-format off */
static const ab__event_column acled_needs[] = {AB_EVENT_ACLED_ID, AB_EVENT_ACLED_DATE, AB_EVENT_TIME_PRECISION, AB_EVENT_TYPE,
                                               AB_EVENT_LATITUDE, AB_EVENT_LONGITUDE, AB_EVENT_GEO_PRECISION};
static const ab__event_column ucdp_needs[] = {AB_EVENT_UCDP_ID, AB_EVENT_DATE_START, AB_EVENT_DATE_END, AB_EVENT_LATITUDE,
                                              AB_EVENT_LONGITUDE, AB_EVENT_WHERE_PREC};
static const ab__event_column years_needs[] = {AB_EVENT_UCDP_ID, AB_EVENT_YEAR, AB_EVENT_LATITUDE, AB_EVENT_LONGITUDE,
                                               AB_EVENT_WHERE_PREC};
/* clang-format on */

static const struct {
    const char *name;
    const ab__event_column *needs;
    int32_t count;
} layouts[AB_EVENTS_LAYOUTS] = {
    {"ACLED", acled_needs, sizeof acled_needs / sizeof *acled_needs},
    {"UCDP GED", ucdp_needs, sizeof ucdp_needs / sizeof *ucdp_needs},
    {"UCDP GED, years only", years_needs, sizeof years_needs / sizeof *years_needs},
};

const char *ab_events_layout_name(ab_events_layout layout)
{
    return layouts[layout].name;
}

const char *ab__event_column_word(ab__event_column column)
{
    return words[column];
}

/* Whatever its case, spaces around it, and with spaces for underscores: old exports have EVENT_ID_CNTY. */
static bool is_word(const char *header, const char *word)
{
    size_t size = strlen(word), start = strspn(header, " ");
    const char *text = header + start;

    for (size_t i = 0; i < size; i++) {
        char c = text[i] >= 'A' && text[i] <= 'Z' ? (char)(text[i] - 'A' + 'a') : text[i];
        if (c != word[i] && !(c == ' ' && word[i] == '_'))
            return false;
    }
    return text[size + strspn(text + size, " ")] == '\0';
}

static void find_columns(const ab_sheet *sheet, int32_t *column, ab_issues *issues)
{
    for (int32_t w = 0; w < AB_EVENT_COLUMNS; w++) {
        column[w] = -1;
        for (int32_t c = 0; c < sheet->column_count; c++) {
            if (!is_word(sheet->header[c], words[w]))
                continue;
            if (column[w] >= 0)
                ab__issue_raise(issues,
                                (ab_issue){.code = AB_ISSUE_DUPLICATE_COLUMN,
                                           .origin = sheet->origin,
                                           .line = sheet->header_line,
                                           .column = words[w],
                                           .expected = "each column once",
                                           .found = sheet->header[c],
                                           .hint = "remove the one that is not the export's own"});
            else
                column[w] = c;
        }
    }
}

static void missing(const int32_t *column, ab_events_layout layout, ab_buf *out)
{
    for (int32_t i = 0; i < layouts[layout].count; i++) {
        ab__event_column needed = layouts[layout].needs[i];
        if (column[needed] < 0) {
            ab__buf_add(out, out->size > 0 ? ", " : "");
            ab__buf_add(out, words[needed]);
        }
    }
}

/* One export has `event_id_cnty`, `time_precision` or `geo_precision`, the other `where_prec`; with a date column it has days. */
static bool guess(const int32_t *column, ab_events_layout *layout)
{
    bool days = column[AB_EVENT_DATE_START] >= 0 || column[AB_EVENT_DATE_END] >= 0 ||
                column[AB_EVENT_DATE_PREC] >= 0;
    bool acled = column[AB_EVENT_ACLED_ID] >= 0 || column[AB_EVENT_TIME_PRECISION] >= 0 ||
                 column[AB_EVENT_GEO_PRECISION] >= 0;

    *layout = acled ? AB_EVENTS_ACLED : days ? AB_EVENTS_UCDP : AB_EVENTS_UCDP_YEARS;
    return acled || days || column[AB_EVENT_WHERE_PREC] >= 0;
}

static ab_status is_none(const ab_sheet *sheet, const int32_t *column, ab_error *err)
{
    ab_buf acled = AB_BUF_INIT, ucdp = AB_BUF_INIT;

    missing(column, AB_EVENTS_ACLED, &acled);
    missing(column, AB_EVENTS_UCDP, &ucdp);
    ab_status status =
        ab_fail(err, AB_FLAWED,
                "%s is no export of events: for one of ACLED it lacks %s; for one of UCDP GED %s",
                sheet->origin, ab__buf_text(&acled), ab__buf_text(&ucdp));
    ab__buf_free(&acled);
    ab__buf_free(&ucdp);
    return status;
}

ab_status ab__events_layout(const ab_sheet *sheet, ab_events_layout *layout, int32_t *column,
                            ab_issues *issues, ab_error *err)
{
    ab_buf lacks = AB_BUF_INIT;
    ab_status status = AB_OK;

    find_columns(sheet, column, issues);
    if (!guess(column, layout))
        return is_none(sheet, column, err);
    missing(column, *layout, &lacks);
    if (lacks.size > 0)
        status = ab_fail(err, AB_FLAWED, "%s looks like an export of %s, but lacks the columns %s",
                         sheet->origin, layouts[*layout].name, ab__buf_text(&lacks));
    ab__buf_free(&lacks);
    return status;
}
