/* P-codes: how they are written, and that each is one place's. */
#include <string.h>

#include "base/c_locale.h"
#include "model/check.h"

/* OCHA's common operational datasets: the country's letters (two of ISO 3166, three in some countries, C for
 * a community of Syria), then digits, with letters among them in some countries (IQG11). */
static bool is_pcode(const char *text)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", digits[] = "0123456789";
    size_t head = strspn(text, letters);
    if (head < 1 || head > 4 || text[head] == '\0')
        return false;
    for (const char *c = text + head; *c != '\0'; c++)
        if (strchr(digits, *c) == NULL && strchr(letters, *c) == NULL)
            return false;
    return text[strcspn(text, digits)] != '\0';
}

/* sy 070-002 as SY070002; false: too long. */
static bool folded(const char *text, char *out, size_t cap)
{
    size_t n = 0;
    for (; *text != '\0'; text++) {
        if (*text == ' ' || *text == '-')
            continue;
        if (n + 1 >= cap)
            return false;
        out[n++] = *text >= 'a' && *text <= 'z' ? (char)(*text - 'a' + 'A') : *text;
    }
    out[n] = '\0';
    return true;
}

static void check_form(ab_check *check, int32_t table, int32_t row, int32_t column,
                       const char *pcode)
{
    char plain[64];
    if (pcode[0] == '\0' || is_pcode(pcode))
        return;
    bool certain = folded(pcode, plain, sizeof plain) && is_pcode(plain);
    ab__check_expect(
        check,
        (ab_finding){.code = AB_ISSUE_BAD_PCODE,
                     .table = table,
                     .row = row,
                     .column = column,
                     .fix = certain ? plain : NULL,
                     .hint = pcode[strspn(pcode, "0123456789")] == '\0'
                                 ? "put the country's letters before it; a spreadsheet "
                                   "may have taken a leading zero from it, too"
                                 : NULL},
        "the country's letters and digits, as SY070002");
}

/* The code of an area is shared by the places in it. */
static bool is_area(const ab_check *check, const char *pcode)
{
    for (int32_t r = 0; r < check->op->areas.count; r++)
        if (strcmp(check->op->areas.at[r].pcode, pcode) == 0)
            return true;
    return false;
}

static void check_twice(ab_check *check)
{
    int32_t count = check->op->places.count;
    ab_index index = {.at = AB_NEW(check->work, ab_index_entry, count)};
    if (index.at == NULL) {
        check->no_memory = true;
        return;
    }
    for (int32_t r = 0; r < count; r++)
        if (check->op->places.at[r].pcode[0] != '\0')
            index.at[index.count++] = (ab_index_entry){check->op->places.at[r].pcode, r};
    ab__index_sort(&index);
    for (int32_t i = 1; i < index.count; i++) {
        bool again = strcmp(index.at[i].id, index.at[i - 1].id) == 0;
        bool told = i > 1 && strcmp(index.at[i].id, index.at[i - 2].id) == 0;
        if (!again || told || is_area(check, index.at[i].id))
            continue; /* once for a code, however many places have it */
        char hint[80];
        (void)ab__c_snprintf(hint, sizeof hint,
                             "line %d has it already; right for an area that both lie in",
                             (int)check->op->places.at[index.at[i - 1].row].head.line);
        ab__check_expect(check,
                         (ab_finding){.code = AB_ISSUE_PCODE_TWICE,
                                      .table = AB_TABLE_places,
                                      .row = index.at[i].row,
                                      .column = AB_COL_place_pcode,
                                      .hint = hint},
                         "a code of its own");
    }
}

void ab__check_pcodes(ab_check *check)
{
    for (int32_t r = 0; r < check->op->places.count; r++)
        check_form(check, AB_TABLE_places, r, AB_COL_place_pcode, check->op->places.at[r].pcode);
    for (int32_t r = 0; r < check->op->areas.count; r++)
        check_form(check, AB_TABLE_areas, r, AB_COL_area_pcode, check->op->areas.at[r].pcode);
    check_twice(check);
}
