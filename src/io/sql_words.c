#include "io/sql_words.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

/* A word, or a single sign. Quoted names and texts come as the sign that opens them. */
typedef struct sql_word {
    const char *at;
    size_t size; /* 0: the end */
} sql_word;

/* As SQLite takes them: letters, digits, '_', '$', and every byte above ASCII. */
static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '$' || (unsigned char)c >= 0x80;
}

static const char *after_space(const char *at)
{
    for (;;) {
        at += strspn(at, " \t\n\v\f\r");
        if (strncmp(at, "\xEF\xBB\xBF", 3) == 0) { /* SQLite takes the mark for space, anywhere */
            at += 3;
            continue;
        }
        if (at[0] == '-' && at[1] == '-') {
            at += strcspn(at, "\n");
        } else if (at[0] == '/' && at[1] == '*') {
            const char *end = strstr(at + 2, "*/");
            at = end != NULL ? end + 2 : at + strlen(at);
        } else {
            return at;
        }
    }
}

/* Past what `close` ends; written twice it stands for itself, but not in brackets. */
static const char *after_quoted(const char *at, char close)
{
    for (at++; *at != '\0'; at++) {
        if (*at != close)
            continue;
        if (close == ']' || at[1] != close)
            return at + 1;
        at++;
    }
    return at;
}

static sql_word next_word(const char **sql)
{
    const char *at = after_space(*sql);
    sql_word word = {at, *at != '\0' ? 1 : 0};

    if (*at == '\'' || *at == '"' || *at == '`') {
        *sql = after_quoted(at, *at);
    } else if (*at == '[') {
        *sql = after_quoted(at, ']');
    } else {
        while (is_letter(*at))
            at++;
        if (at > word.at)
            word.size = (size_t)(at - word.at);
        *sql = word.at + word.size;
    }
    return word;
}

static bool is_word(sql_word word, const char *wanted)
{
    return word.size == strlen(wanted) && strncasecmp(word.at, wanted, word.size) == 0;
}

static ab_sql_kind virtual_kind(const char *sql)
{
    for (sql_word word = next_word(&sql); word.size > 0; word = next_word(&sql))
        if (is_word(word, "USING"))
            return is_word(next_word(&sql), "rtree") ? AB_SQL_MAP_INDEX : AB_SQL_VIRTUAL;
    return AB_SQL_VIRTUAL;
}

ab_sql_kind ab__sql_table_kind(const char *sql)
{
    if (!is_word(next_word(&sql), "CREATE"))
        return AB_SQL_OTHER;
    sql_word word = next_word(&sql);
    if (is_word(word, "VIRTUAL"))
        return virtual_kind(sql);
    if (!is_word(word, "TABLE"))
        return AB_SQL_OTHER;
    /* [GENERATED ALWAYS] AS ( … ): nothing else in a CREATE TABLE puts AS before a bracket. */
    for (word = next_word(&sql); word.size > 0;) {
        bool as = is_word(word, "AS");
        word = next_word(&sql);
        if (as && is_word(word, "("))
            return AB_SQL_COMPUTED;
    }
    return AB_SQL_PLAIN;
}
