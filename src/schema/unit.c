#include "schema/unit.h"

#include <string.h>

#include "base/fold.h"
#include "base/text.h"

typedef enum kind {
    MASS = 1,
    LENGTH,
    AREA,
    VOLUME,
    TIME,
    ANGLE,
    SHARE,
    ENERGY,
    MONEY,
    PRESSURE,
    TEMPERATURE,
    PEOPLE,
    VEHICLES,
    AIRCRAFT,
    TRIPS,
    PALLETS,
    LOADS,
    CANOPIES
} kind;

typedef struct unit {
    kind kind;
    double size;
    const char *spellings;
} unit;

static const unit units[] = {
#define AB_UNIT(kind, size, spellings) {kind, size, spellings},
#include "schema/units.def"
#undef AB_UNIT
};

/* Spellings of what is not written with a '/'. */
static const struct {
    const char *folded, *unit;
} contracted[] = {{"kmh", "km/h"},    {"kph", "km/h"},    {"mph", "mi/h"},    {"mps", "m/s"},
                  {"kn", "nmi/h"},    {"kt", "nmi/h"},    {"kts", "nmi/h"},   {"knot", "nmi/h"},
                  {"knots", "nmi/h"}, {"noeud", "nmi/h"}, {"noeuds", "nmi/h"}};

/* "USD/t/km": the first part over all others. */
enum { PARTS_MOST = 4 };
typedef struct parsed {
    int count;
    const unit *part[PARTS_MOST];
    bool known; /* all parts are */
    bool failed;
} parsed;

/* Folded; a sign that folding leaves nothing of stays. */
static void key_of(const char *text, size_t size, ab_buf *spare, ab_buf *key)
{
    ab__buf_clear(spare);
    ab__buf_clear(key);
    ab__buf_add_n(spare, text, size);
    ab__fold(ab__buf_text(spare), key);
    if (key->size == 0)
        ab__buf_add(key, ab__buf_text(spare));
}

typedef struct spelling {
    const char *wanted;
    ab_buf spare, key;
    bool found;
} spelling;

static bool is_spelling(void *context, const char *text, size_t size)
{
    spelling *of = context;
    key_of(text, size, &of->spare, &of->key);
    of->found = strcmp(ab__buf_text(&of->key), of->wanted) == 0;
    return !of->found;
}

static const unit *unit_of(const char *key)
{
    spelling of = {.wanted = key};
    const unit *found = NULL;
    for (size_t i = 0; i < sizeof units / sizeof units[0] && found == NULL; i++) {
        (void)ab__text_split(units[i].spellings, is_spelling, &of);
        found = of.found ? &units[i] : NULL;
    }
    ab__buf_free(&of.spare);
    ab__buf_free(&of.key);
    return found;
}

static void add_unit(parsed *into, const char *key)
{
    const unit *found = into->count < PARTS_MOST ? unit_of(key) : NULL;
    into->known = into->known && found != NULL;
    if (found != NULL)
        into->part[into->count++] = found;
}

/* Takes "tonnes" and "jour" from "tonnes par jour". */
static void add_words(parsed *into, char *words)
{
    static const char *const over[] = {" per ", " par ", " لكل ", " في "};
    static const char *const in[] = {"in ", "en "};
    for (size_t i = 0; i < sizeof in / sizeof in[0]; i++)
        if (strncmp(words, in[i], strlen(in[i])) == 0)
            words += strlen(in[i]);
    while (words != NULL) {
        char *cut = NULL;
        size_t width = 0;
        for (size_t i = 0; i < sizeof over / sizeof over[0]; i++) {
            char *at = strstr(words, over[i]);
            if (at != NULL && (cut == NULL || at < cut)) {
                cut = at;
                width = strlen(over[i]);
            }
        }
        if (cut != NULL)
            *cut = '\0';
        add_unit(into, words);
        words = cut == NULL ? NULL : cut + width;
    }
}

static parsed parse(const char *text)
{
    parsed into = {.known = true};
    ab_buf spare = AB_BUF_INIT, key = AB_BUF_INIT;
    key_of(text, strlen(text), &spare, &key);
    for (size_t i = 0; i < sizeof contracted / sizeof contracted[0]; i++)
        if (strcmp(ab__buf_text(&key), contracted[i].folded) == 0)
            text = contracted[i].unit;
    for (bool more = true; more;) {
        size_t size = strcspn(text, "/");
        key_of(text, size, &spare, &key);
        if (key.text == NULL)
            into.known = false;
        else
            add_words(&into, key.text);
        more = text[size] == '/';
        text += size + (more ? 1 : 0);
    }
    into.failed = spare.failed || key.failed;
    ab__buf_free(&spare);
    ab__buf_free(&key);
    return into;
}

bool ab__unit_compare(const char *text, const char *wanted_unit, ab_unit_relation *out,
                      double *factor)
{
    parsed found = parse(text), wanted = parse(wanted_unit);
    *factor = 1;
    *out = AB_UNIT_UNKNOWN;
    if (found.failed || wanted.failed)
        return false;
    if (strcmp(text, wanted_unit) == 0)
        *out = AB_UNIT_SAME;
    if (*out == AB_UNIT_SAME || !found.known)
        return true;
    *out = AB_UNIT_FOREIGN;
    if (!wanted.known || found.count != wanted.count)
        return true;
    double above = 1, below = 1;
    for (int i = 0; i < found.count; i++) {
        if (found.part[i]->kind != wanted.part[i]->kind)
            return true;
        /* Kept apart and divided once: 1/1000 is then the double that 0.001 is. */
        above *= i == 0 ? found.part[i]->size : wanted.part[i]->size;
        below *= i == 0 ? wanted.part[i]->size : found.part[i]->size;
    }
    *factor = above / below;
    *out = above == below ? AB_UNIT_SAME : AB_UNIT_CONVERTS;
    return true;
}
