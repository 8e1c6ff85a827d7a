#include "base/address.h"

#include <string.h>
#include <strings.h>

#include "airbridge/error.h"

#define SPACES " \t\r\n"

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool of_scheme(char c)
{
    return is_letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
}

static bool ends_in(const char *text, const char *end, const char *word)
{
    size_t size = strlen(word);
    return (size_t)(end - text) >= size && strncasecmp(end - size, word, size) == 0;
}

/* Removes [from, until) of the text that `until` stands in. */
static void drop(char *from, char *until)
{
    memmove(from, until, strlen(until) + 1);
}

/* The first of `signs` in [text, end), or `end`. */
static char *first_of(char *text, char *end, const char *signs)
{
    size_t size = strcspn(text, signs);
    return size < (size_t)(end - text) ? text + size : end;
}

static char *last_at(char *text, const char *end)
{
    char *found = NULL;
    for (; text < end; text++)
        found = *text == '@' ? text : found;
    return found;
}

/* ---- Queries ---------------------------------------------------------------------------------- */

static bool is_no_secret(const char *setting, const char *end)
{
    static const char *const known[] = {"schema=", "sslmode=", "host=", "port=", "user="};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if ((size_t)(end - setting) >= strlen(known[i]) &&
            strncmp(setting, known[i], strlen(known[i])) == 0)
            return true;
    return false;
}

/* Of ?NAME=VALUE&… from `query` to `end`, what is no secret; returns the new end. */
static char *keep_settings(char *query, char *end)
{
    char *at = query + 1;
    while (at < end) {
        char *next = first_of(at, end, "&"), *after = next < end ? next + 1 : end;
        if (is_no_secret(at, next)) {
            at = after;
        } else {
            drop(at, after);
            end -= after - at;
        }
    }
    while (end > query && (end[-1] == '&' || end == query + 1)) {
        drop(end - 1, end);
        end--;
    }
    return end;
}

/* ---- Addresses -------------------------------------------------------------------------------- */

/* The user's part [rest, at] of a database's address: its password goes, the user stays. */
static char *drop_password(char *rest, char *at)
{
    char *colon = first_of(rest, at, ":");
    size_t size = (size_t)(at - colon);
    drop(colon, at);
    return at - size;
}

/* Redacts the address whose scheme ends before `rest`; returns its new end. */
static char *redact_one(char *rest, char *end, bool database, bool cut)
{
    char *server = first_of(rest, end, "/?#"), *at = last_at(rest, server);
    bool unclear = last_at(server, end) != NULL || (cut && at == NULL);
    if (unclear) {
        char *host = first_of(rest, end, "@:/?#");
        drop(host, end);
        return host;
    }
    if (at != NULL && database) {
        size_t before = strlen(rest);
        (void)drop_password(rest, at);
        end -= before - strlen(rest);
    } else if (at != NULL) {
        drop(rest, at + 1);
        end -= at + 1 - rest;
    }
    char *query = first_of(rest, end, "?#");
    if (query == end)
        return end;
    if (database && *query == '?')
        return keep_settings(query, end);
    drop(query, end);
    return query;
}

/* The end of the address without the signs that belong to the sentence around it. */
static char *without_punctuation(char *rest, char *end)
{
    while (end > rest && strchr(":;,.)\"'`", end[-1]) != NULL)
        end--;
    return end;
}

static void redact_addresses(char *text, bool name, bool cut)
{
    for (char *at = text; (at = strstr(at, "://")) != NULL;) {
        char *scheme = at, *rest = at + 3;
        while (scheme > text && of_scheme(scheme[-1]))
            scheme--;
        size_t size = name ? strlen(rest) : strcspn(rest, SPACES);
        bool to_end = rest[size] == '\0';
        char *end = name ? rest + size : without_punctuation(rest, rest + size);
        bool database = ends_in(scheme, at, "postgresql") || ends_in(scheme, at, "postgres");
        at = redact_one(rest, end, database, cut && to_end);
    }
}

/* ---- Passwords -------------------------------------------------------------------------------- */

/* As in "PG:host=… password='…'". */
static void redact_passwords(char *text)
{
    static const char WORD[] = "password=";
    for (char *at = text; *at != '\0'; at++) {
        if (strncasecmp(at, WORD, sizeof WORD - 1) != 0)
            continue;
        char *value = at + sizeof WORD - 1, *end;
        if (*value == '\'' || *value == '"') {
            const char quote[] = {*value, '\0'};
            end = value + 1 + strcspn(value + 1, quote);
            end += *end != '\0';
        } else {
            end = value + strcspn(value, SPACES "&,;\"'`");
        }
        drop(value, end);
    }
}

enum { MOST_PASSES = 64 };

/* Until nothing changes: what is taken out may leave a new address behind, and a message that is told once more, as
 * by the parent of a reader, must stay as it is. */
static void redact(char *text, bool whole, bool cut)
{
    char before[AB_ERROR_CAP];

    if (strlen(text) >= sizeof before) {
        redact_addresses(text, whole, cut);
        redact_passwords(text);
        return;
    }
    for (int pass = 0; pass < MOST_PASSES; pass++) {
        strcpy(before, text);
        redact_addresses(text, whole && pass == 0, cut && pass == 0);
        redact_passwords(text);
        if (strcmp(before, text) == 0)
            return;
    }
}

void ab__address_redact(char *text, bool cut)
{
    redact(text, false, cut);
}

void ab__address_redact_name(char *text)
{
    redact(text, true, false);
}
