#include "io/pg_name.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"

static const char *const schemes[] = {"postgresql://", "postgres://"};

static size_t scheme_size(const char *path)
{
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++) {
        if (strncasecmp(path, schemes[i], strlen(schemes[i])) == 0)
            return strlen(schemes[i]);
    }
    return 0;
}

bool ab__pg_is_name(const char *path)
{
    return scheme_size(path) > 0;
}

/* ---- Parts ------------------------------------------------------------------------------------ */

/* The parts as they stand in the address, decoded; "" where there is none. */
typedef struct parts {
    const char *user, *host, *port, *database, *schema, *sslmode;
    bool password;
} parts;

static int hex(char c)
{
    static const char digits[] = "0123456789abcdef";
    const char *at = c != '\0' ? strchr(digits, tolower((unsigned char)c)) : NULL;

    return at != NULL ? (int)(at - digits) : -1;
}

/* `text` with %XX as bytes, in the arena. NULL: out of memory, or a % that begins no byte. */
static const char *decoded(ab_arena *arena, const char *text, size_t size)
{
    char *copy = ab__arena_text_n(arena, text, size), *to = copy;

    for (const char *from = copy; copy != NULL && *from != '\0'; from++) {
        if (*from != '%') {
            *to++ = *from;
            continue;
        }
        int high = hex(from[1]), low = high >= 0 ? hex(from[2]) : -1;
        if (low < 0 || high + low == 0)
            return NULL;
        *to++ = (char)(high * 16 + low);
        from += 2;
    }
    if (copy != NULL)
        *to = '\0';
    return copy;
}

/* USER[:PASSWORD]@HOST[:PORT]; HOST may be [::1]. false: out of memory, or damaged. */
static bool take_server(const char *text, size_t size, ab_arena *arena, parts *out)
{
    const char *end = text + size, *at = NULL;

    for (const char *c = text; c < end; c++)
        at = *c == '@' ? c : at;
    if (at != NULL) {
        const char *colon = memchr(text, ':', (size_t)(at - text));
        out->password = colon != NULL;
        out->user = decoded(arena, text, (size_t)((colon != NULL ? colon : at) - text));
        text = at + 1;
    }
    const char *host = text, *host_end = end, *after;
    if (host < end && *host == '[') {
        host_end = memchr(++host, ']', (size_t)(end - text - 1));
        if (host_end == NULL)
            return false;
        after = host_end + 1;
    } else {
        after = memchr(host, ':', (size_t)(end - host));
        host_end = after != NULL ? after : end;
        after = host_end;
    }
    if (after < end && *after != ':')
        return false;
    out->host = decoded(arena, host, (size_t)(host_end - host));
    out->port = after < end ? decoded(arena, after + 1, (size_t)(end - after - 1)) : "";
    return out->user != NULL && out->host != NULL && out->port != NULL;
}

/* One of NAME=VALUE&…; false: out of memory, damaged, or of another name. */
static bool take_setting(const char *text, size_t size, ab_arena *arena, parts *out)
{
    const struct {
        const char *name;
        const char **value;
    } known[] = {{"schema", &out->schema},
                 {"sslmode", &out->sslmode},
                 {"host", &out->host},
                 {"port", &out->port},
                 {"user", &out->user}};

    if (size >= strlen("password=") && strncmp(text, "password=", strlen("password=")) == 0) {
        out->password = true;
        return true;
    }
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        size_t name = strlen(known[i].name);
        if (size <= name || strncmp(text, known[i].name, name) != 0 || text[name] != '=')
            continue;
        *known[i].value = decoded(arena, text + name + 1, size - name - 1);
        return *known[i].value != NULL;
    }
    return false;
}

static bool take_apart(const char *path, ab_arena *arena, parts *out)
{
    const char *text = path + scheme_size(path);
    size_t server = strcspn(text, "/?");

    *out = (parts){"", "", "", "", "", "", false};
    if (!take_server(text, server, arena, out))
        return false;
    text += server;
    if (*text == '/') {
        size_t size = strcspn(++text, "?");
        out->database = decoded(arena, text, size);
        text += size;
    }
    while (*text == '?' || *text == '&') {
        size_t size = strcspn(++text, "&");
        if (size > 0 && !take_setting(text, size, arena, out))
            return false;
        text += size;
    }
    /* A '/' in a password ends the server too early: what follows would be shown as the database. */
    return out->database != NULL && strpbrk(out->database, "@:/") == NULL && *text == '\0';
}

/* ---- What is refused -------------------------------------------------------------------------- */

/* Signs that would end a part where GDAL or libpq takes the connection apart again, or name two servers. */
static bool is_plain(const char *part)
{
    for (; *part != '\0'; part++) {
        if ((unsigned char)*part <= ' ' || *part == 0x7f || strchr("'\"\\,=", *part) != NULL)
            return false;
    }
    return true;
}

static bool are_plain(const parts *of)
{
    return is_plain(of->user) && is_plain(of->host) && is_plain(of->port) &&
           is_plain(of->database) && is_plain(of->sslmode) &&
           of->port[strspn(of->port, "0123456789")] == '\0';
}

/* A socket of this machine, or a name or number of its loopback. */
static bool is_local(const char *host)
{
    return host[0] == '\0' || host[0] == '/' || strcmp(host, "localhost") == 0 ||
           strcmp(host, "::1") == 0 ||
           (strncmp(host, "127.", 4) == 0 && host[strspn(host, "0123456789.")] == '\0');
}

static const char *environment(const char *name)
{
    const char *value = getenv(name);

    return value != NULL ? value : "";
}

/* libpq takes the address from PGHOSTADDR, whatever the name of the host. */
static const char *server_of(const parts *of)
{
    if (!is_local(environment("PGHOSTADDR")))
        return environment("PGHOSTADDR");
    if (environment("PGSERVICE")[0] != '\0') /* names a server in a file that only libpq reads */
        return environment("PGSERVICE");
    return of->host[0] != '\0' ? of->host : environment("PGHOST");
}

/* ---- The name --------------------------------------------------------------------------------- */

static void add_part(ab_buf *buf, const char *name, const char *value)
{
    if (value[0] != '\0')
        ab__buf_printf(buf, " %s='%s'", name, value);
}

static void add_connection(ab_buf *buf, const parts *of)
{
    ab__buf_add(buf, "PG:application_name='airbridge' connect_timeout='10'");
    add_part(buf, "host", of->host);
    add_part(buf, "port", of->port);
    add_part(buf, "user", of->user);
    add_part(buf, "dbname", of->database);
    add_part(buf, "sslmode", of->sslmode);
}

/* As it was given, so that people find it again; without the password that it may have had. */
static void add_shown(ab_buf *buf, const parts *of)
{
    ab__buf_printf(buf, "postgresql://%s%s%s", of->user, of->user[0] != '\0' ? "@" : "", of->host);
    if (of->port[0] != '\0')
        ab__buf_printf(buf, ":%s", of->port);
    ab__buf_printf(buf, "/%s?schema=%s", of->database, of->schema);
}

static ab_status judge(const parts *of, const char *shown, const ab_open_options *options,
                       ab_error *err)
{
    const char *server = server_of(of);

    if (of->password)
        return ab_fail(err, AB_USAGE,
                       "leave the password out of %s: all who share this machine can see it "
                       "there; put it into the file ~/.pgpass, as "
                       "HOST:PORT:DATABASE:USER:PASSWORD",
                       shown);
    if (!are_plain(of))
        return ab_fail(err, AB_USAGE,
                       "%s cannot be used: host, port, database and user must be without spaces, "
                       "commas, quotes, '=' and '\\'",
                       shown);
    if (strpbrk(of->schema, ".(") != NULL)
        return ab_fail(
            err, AB_USAGE,
            "%s cannot be used: the name of a schema must be without '.' and '(', at which "
            "its tables' names would be taken apart; let its owner rename it",
            shown);
    if (!is_local(server) && !options->allow_network)
        return ab_fail(err, AB_USAGE,
                       "%s is on another machine (%s): say --allow-network if that is meant",
                       shown, server);
    return AB_OK;
}

ab_status ab__pg_name(const char *path, const ab_open_options *options, ab_arena *arena,
                      ab_pg_name *out, ab_error *err)
{
    ab_buf shown = AB_BUF_INIT, connection = AB_BUF_INIT;
    parts of;

    if (!take_apart(path, arena, &of))
        return ab_fail(err, AB_USAGE,
                       "expected an address as postgresql://USER@HOST:PORT/DATABASE?schema=NAME; "
                       "besides schema it may set sslmode, host, port and user");
    if (of.schema[0] == '\0')
        of.schema = "public";
    add_shown(&shown, &of);
    add_connection(&connection, &of);
    *out = (ab_pg_name){.shown = ab__arena_text(arena, ab__buf_text(&shown)),
                        .connection = ab__arena_text(arena, ab__buf_text(&connection)),
                        .schema = of.schema};
    bool made = !shown.failed && !connection.failed && out->shown != NULL && out->connection != NULL;
    ab__buf_free(&shown);
    ab__buf_free(&connection);
    if (!made)
        return ab_fail(err, AB_NO_MEMORY, "out of memory while an address was read");
    return judge(&of, out->shown, options, err);
}
