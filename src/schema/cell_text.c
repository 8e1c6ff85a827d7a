/* Ids, texts and lists of texts. */
#include <stdio.h>
#include <string.h>

#include "schema/cell.h"

static bool is_id(const char *text)
{
    return text[strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-_.")] == '\0';
}

/* "Upper Town" as upper_town; nothing if it has letters that an id has not. */
static void suggest_id(const char *text, ab_buf *hint)
{
    ab_buf id = AB_BUF_INIT;
    for (const char *c = text; *c != '\0'; c++)
        ab__buf_char(&id, *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c == ' ' ? '_' : *c);
    if (is_id(ab__buf_text(&id)))
        ab__buf_printf(hint, "write %s", ab__buf_text(&id));
    ab__buf_free(&id);
}

static bool bad_id(ab_cell *cell, const char *text)
{
    ab_buf hint = AB_BUF_INIT;
    suggest_id(text, &hint);
    (void)ab__cell_flaw(cell, AB_ISSUE_BAD_ID, NULL, text, ab__buf_text(&hint));
    ab__buf_free(&hint);
    return false;
}

bool ab__read_id(ab_cell *cell, const char *text, void *out)
{
    if (!is_id(text))
        return bad_id(cell, text);
    const ab_reader *reader = cell->reader;
    const ab_index *index = &reader->index[cell->table - reader->schema->tables];
    int32_t first = ab__index_find(index, text);
    if (first >= 0 && first != cell->row) {
        char hint[48];
        (void)snprintf(hint, sizeof hint, "line %d has it already", (int)index->line[first]);
        (void)ab__cell_flaw(cell, AB_ISSUE_DUPLICATE_ID, "an id that no other row has", text, hint);
        /* The row keeps its id: what else is said of it shall name it. */
    }
    return ab__read_text(cell, text, out);
}

static bool is_break(char c)
{
    return c == '\t' || c == '\n' || c == '\r';
}

static bool is_control(char c)
{
    return ((unsigned char)c < 0x20 || c == 0x7f) && !is_break(c);
}

const char *ab__cell_plain(ab_cell *cell, ab_arena *arena, const char *text)
{
    for (const char *c = text; *c != '\0'; c++) {
        if (!is_control(*c))
            continue;
        (void)ab__cell_flaw(cell, AB_ISSUE_CONTROL_CHARACTER, "a text without control characters",
                            text, "write it again: it may hold what nobody sees");
        return NULL;
    }
    char *copy = ab__arena_text(arena, text), *to = copy;
    if (copy == NULL) {
        (void)ab__cell_no_memory(cell);
        return NULL;
    }
    for (const char *c = text; *c != '\0'; c++) {
        if (!is_break(*c))
            *to++ = *c;
        else if (c == text || !is_break(c[-1]))
            *to++ = ' ';
    }
    *to = '\0';
    return copy;
}

/* Does it lead out of the folder that it is read from, or to something that is no file there? */
static bool leads_out(const char *path)
{
    if (path[0] == '/' || path[0] == '\\' || strchr(path, ':') != NULL)
        return true;
    for (const char *part = path; part != NULL; part = strpbrk(part, "/\\")) {
        part += strspn(part, "/\\");
        if (strncmp(part, "..", 2) == 0 && strchr("/\\", part[2]) != NULL) /* its end counts */
            return true;
    }
    return false;
}

bool ab__read_text(ab_cell *cell, const char *text, void *out)
{
    if (cell->column->path && leads_out(text))
        return ab__cell_flaw(cell, AB_ISSUE_PATH_OUTSIDE, "a path inside the operation", text,
                             "copy the file into the operation's folder and name it from there");
    const char *plain = ab__cell_plain(cell, cell->reader->arena, text);
    if (plain != NULL)
        *(ab_c_TEXT *)out = plain;
    return plain != NULL;
}

bool ab__read_list(ab_cell *cell, const char *text, void *out)
{
    ab_parts parts;
    const char *plain = ab__cell_plain(cell, cell->reader->work, text);
    if (plain == NULL || !ab__cell_split(cell, plain, cell->reader->arena, &parts))
        return false;
    *(ab_c_LIST *)out = (ab_list){parts.count, (const char *const *)parts.at};
    return true;
}
