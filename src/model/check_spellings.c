/* Authorities: that each is spelt in one way. */
#include <string.h>

#include "model/authority.h"
#include "model/check.h"
#include "model/spelling.h"

enum {
    PAIRS_MOST = 4000000
}; /* of names and authorities; larger operations go without suggestions */

static bool same_cell(const ab_mention *a, const ab_mention *b)
{
    return a->table == b->table && a->column == b->column && a->row == b->row;
}

/* ---- One authority in several spellings ---- */

static const char *usual(const ab_mentions *all, const ab_mention *mention)
{
    return mention->authority < 0 ? mention->text : all->authority[mention->authority].name;
}

/* The whole cell in which mention `i` stands, each name of it that differs in case or spaces alone as usual. */
static void mend(const ab_mentions *all, int32_t i, ab_buf *out)
{
    int32_t first = i;
    while (first > 0 && same_cell(&all->at[first - 1], &all->at[i]))
        first--;
    for (int32_t m = first; m < all->count && same_cell(&all->at[m], &all->at[i]); m++) {
        const char *name = usual(all, &all->at[m]);
        bool certain = ab__same_but_case(name, all->at[m].text);
        ab__buf_printf(out, "%s%s", m > first ? "; " : "", certain ? name : all->at[m].text);
    }
}

static void check_spelling(ab_check *check, const ab_mentions *all, int32_t i)
{
    const ab_mention *mention = &all->at[i];
    const char *name = usual(all, mention);
    if (strcmp(name, mention->text) == 0)
        return;
    bool certain = ab__same_but_case(name, mention->text);
    ab_buf cell = AB_BUF_INIT;
    if (certain)
        mend(all, i, &cell);
    ab__check_expect(check,
                     (ab_finding){.code = AB_ISSUE_SPELT_OTHERWISE,
                                  .table = mention->table,
                                  .row = mention->row,
                                  .column = mention->column,
                                  .found = mention->text,
                                  .hint = "it is read as the same; write it as the others do",
                                  .fix = certain ? ab__buf_text(&cell) : NULL},
                     "%s, as it is mostly spelt", name);
    ab__buf_free(&cell);
}

/* ---- Two authorities that look like one ---- */

/* A name, whatever its case: of an authority, or of who only reports. */
typedef struct name {
    const ab_mention *
        first; /* as mostly spelt, if possible where it does more than report; NULL: it names nobody */
    ab_spelling spelling;
    int32_t rows;
} name;

static bool is_better(const ab_mentions *all, const ab_mention *mention, const ab_mention *than)
{
    bool usual_one = strcmp(mention->text, usual(all, mention)) == 0;
    bool usual_than = strcmp(than->text, usual(all, than)) == 0;
    return mention->reports != than->reports ? than->reports : usual_one && !usual_than;
}

typedef struct names {
    name *at;
    int32_t count;
    const name **authority; /* those of authorities, by their numbers */
    int32_t authority_count;
} names;

/* false: out of memory. */
static bool list_names(ab_check *check, const ab_mentions *all, names *out)
{
    *out = (names){AB_NEW(check->work, name, all->name_count), all->name_count,
                   AB_NEW(check->work, const name *, all->authority_count), all->authority_count};
    bool enough = out->at != NULL && out->authority != NULL;
    for (int32_t i = 0; enough && i < all->count; i++) {
        const ab_mention *mention = &all->at[i];
        name *of = &out->at[mention->name];
        if (mention->key[0] == '\0')
            continue;
        if (of->first == NULL)
            enough =
                ab__spelling_read(check->work, usual(all, mention), mention->key, &of->spelling);
        if (of->first == NULL || is_better(all, mention, of->first))
            of->first = mention;
        if (mention->authority >= 0)
            out->authority[mention->authority] = of;
        of->rows++;
    }
    check->no_memory |= !enough;
    return enough;
}

/* Of two names that are alike, does this one stand? */
static bool stands(const name *of, const name *other)
{
    return of->rows != other->rows ? of->rows > other->rows : of->first < other->first;
}

/* The authority whose name `of` was most likely to be, or NULL. */
static const name *meant(const names *in, const name *of)
{
    const name *best = NULL;
    for (int32_t a = 0; a < in->authority_count; a++) {
        const name *other = in->authority[a];
        if (other == of || (of->first->authority >= 0 && !stands(other, of)))
            continue;
        if ((best == NULL || stands(other, best)) &&
            ab__spellings_alike(&of->spelling, &other->spelling))
            best = other;
    }
    return best;
}

static void suggest(ab_check *check, const ab_mentions *all, const name *of, const name *other)
{
    const char *better = usual(all, other->first);
    ab_buf hint = AB_BUF_INIT;
    ab__buf_printf(&hint, "if they are one, write %s in %s%d cell%s that name%s it so", better,
                   of->rows > 1 ? "each of the " : "the ", (int)of->rows, of->rows > 1 ? "s" : "",
                   of->rows > 1 ? "" : "s");
    ab__check_expect(check,
                     (ab_finding){.code = AB_ISSUE_LIKE_AUTHORITY,
                                  .table = of->first->table,
                                  .row = of->first->row,
                                  .column = of->first->column,
                                  .found = of->first->text,
                                  .hint = ab__buf_text(&hint)},
                     "%s, which %d cell%s name%s, or a name that is less like it", better,
                     (int)other->rows, other->rows > 1 ? "s" : "", other->rows > 1 ? "" : "s");
    ab__buf_free(&hint);
}

static void check_likeness(ab_check *check, const ab_mentions *all)
{
    names in;
    if ((int64_t)all->name_count * all->authority_count > PAIRS_MOST ||
        !list_names(check, all, &in))
        return;
    for (int32_t i = 0; i < in.count; i++) {
        const name *other = in.at[i].first == NULL ? NULL : meant(&in, &in.at[i]);
        if (other != NULL)
            suggest(check, all, &in.at[i], other);
    }
}

/* Likeness first, since a cell is spoken of by one check only, and two authorities matter more. */
void ab__check_spellings(ab_check *check)
{
    ab_mentions all;
    if (!ab__mentions_find(check->op, check->work, &all)) {
        check->no_memory = true;
        return;
    }
    check_likeness(check, &all);
    for (int32_t i = 0; i < all.count; i++)
        check_spelling(check, &all, i);
}
