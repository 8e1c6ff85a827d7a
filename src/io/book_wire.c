#include "io/book_wire.h"

#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "base/vec.h"
#include "io/csv.h"
#include "schema/book.h"
#include "schema/issues.h"

/* Before each piece stands what it is. */
enum { PIECE_SHEET = 'S', PIECE_ISSUE = 'I', PIECE_END = 'E' };
enum { SEVERITIES = 3, PIECE_MAX = 1 << 16 };

/* Stands for the length of a text that is not there. */
static const uint32_t ABSENT = UINT32_MAX;
/* Of one text, and of all: a result may have a table of 1 GiB, and has several. */
static const uint32_t TEXT_MAX = (uint32_t)1 << 30;
static const uint64_t TEXTS_MAX = (uint64_t)4 << 30;

/* ---- Sending ---------------------------------------------------------------------------------- */

/* Bytes are gathered: a system call for each cell would cost more than the reading. */
typedef struct sender {
    const ab_wire *to;
    size_t held;
    bool failed;
    unsigned char bytes[PIECE_MAX];
} sender;

static void flush(sender *out)
{
    if (!out->failed && out->held > 0)
        out->failed = !out->to->move(out->to->context, out->bytes, out->held);
    out->held = 0;
}

static void put(sender *out, const void *bytes, size_t size)
{
    if (size > sizeof out->bytes - out->held)
        flush(out);
    if (size > sizeof out->bytes) {
        out->failed =
            out->failed || !out->to->move(out->to->context, (void *)(uintptr_t)bytes, size);
        return;
    }
    memcpy(out->bytes + out->held, bytes, size);
    out->held += size;
}

static void put_number(sender *out, int64_t number)
{
    put(out, &number, sizeof number);
}

static void put_text(sender *out, const char *text)
{
    uint32_t size = text != NULL ? (uint32_t)strlen(text) : ABSENT;

    put(out, &size, sizeof size);
    if (text != NULL)
        put(out, text, size);
}

static void put_sheet(sender *out, const ab_sheet *sheet)
{
    put_number(out, PIECE_SHEET);
    put_text(out, sheet->name);
    put_text(out, sheet->origin);
    put_number(out, sheet->column_count);
    put_number(out, sheet->header_line);
    put_number(out, sheet->row_count);
    for (int32_t c = 0; c < sheet->column_count; c++)
        put_text(out, sheet->header[c]);
    for (int64_t r = 0; r < sheet->row_count && !out->failed; r++) {
        put_number(out, sheet->line[r]);
        for (int32_t c = 0; c < sheet->column_count; c++)
            put_text(out, sheet->cells[r * sheet->column_count + c]);
    }
}

static void put_issue(sender *out, const ab_issue *issue)
{
    put_number(out, PIECE_ISSUE);
    put_number(out, issue->severity);
    put_number(out, issue->code);
    put_text(out, issue->origin);
    put_number(out, issue->line);
    put_number(out, issue->byte_column);
    put_text(out, issue->column);
    put_text(out, issue->expected);
    put_text(out, issue->found);
    put_text(out, issue->hint);
    put_text(out, issue->fix);
}

bool ab__wire_send(const ab_wire *to, const ab_book *book, ab_issues *issues, const ab_error *ended)
{
    sender out = {.to = to};
    int64_t more[SEVERITIES];

    for (int32_t i = 0; i < ab_book_count(book); i++)
        put_sheet(&out, ab_book_at(book, i));
    for (int s = 0; s < SEVERITIES; s++)
        more[s] = ab_issues_of(issues, (ab_severity)s);
    for (int32_t i = 0; i < ab_issues_count(issues); i++) {
        put_issue(&out, ab_issues_at(issues, i));
        more[ab_issues_at(issues, i)->severity]--;
    }
    put_number(&out, PIECE_END);
    for (int s = 0; s < SEVERITIES; s++)
        put_number(&out, more[s]);
    put_number(&out, (int64_t)ended->status);
    put_text(&out, ended->message);
    flush(&out);
    return !out.failed;
}

/* ---- Receiving -------------------------------------------------------------------------------- */

typedef struct receiver {
    const ab_wire *from;
    ab_arena *arena;
    uint64_t texts; /* bytes of all texts so far */
    bool torn, no_memory;
} receiver;

static bool stopped(const receiver *in)
{
    return in->torn || in->no_memory;
}

/* A number from `least` to `most`; `least` once something was wrong. */
static int64_t take_number(receiver *in, int64_t least, int64_t most)
{
    int64_t number = least;

    if (stopped(in) || !in->from->move(in->from->context, &number, sizeof number) ||
        number < least || number > most) {
        in->torn = true;
        return least;
    }
    return number;
}

static const char *take_short(receiver *in, ab_arena *arena, uint32_t size)
{
    char *text = AB_NEW(arena, char, (size_t)size + 1);

    if (text == NULL)
        in->no_memory = true;
    else
        in->torn = !in->from->move(in->from->context, text, size);
    return in->torn ? NULL : text;
}

/* In pieces, so that a length alone takes no memory. */
static const char *take_long(receiver *in, ab_arena *arena, uint32_t size)
{
    ab_buf whole = AB_BUF_INIT;
    char piece[PIECE_MAX];

    while (!in->torn && !whole.failed && whole.size < size) {
        size_t next = size - whole.size < sizeof piece ? size - whole.size : sizeof piece;
        in->torn = !in->from->move(in->from->context, piece, next);
        if (!in->torn)
            ab__buf_add_n(&whole, piece, next);
    }
    const char *text = in->torn || whole.failed ? NULL : ab__arena_text_n(arena, whole.text, size);
    in->no_memory = text == NULL && !in->torn;
    ab__buf_free(&whole);
    return text;
}

/* NULL: there is none (`needed`: that is wrong), or something was wrong. */
static const char *take_text(receiver *in, ab_arena *arena, bool needed)
{
    uint32_t size = 0;

    if (stopped(in) || !in->from->move(in->from->context, &size, sizeof size) ||
        (size == ABSENT && needed) ||
        (size != ABSENT && (size > TEXT_MAX || size > TEXTS_MAX - in->texts))) {
        in->torn = true;
        return NULL;
    }
    if (size == ABSENT)
        return NULL;
    if (size == 0)
        return "";
    in->texts += size;
    const char *text = size <= PIECE_MAX ? take_short(in, arena, size) : take_long(in, arena, size);
    if (text != NULL && (memchr(text, '\0', size) != NULL || ab__utf8_bad(text, size) < size))
        in->torn = true;
    return in->torn ? NULL : text;
}

typedef AB_VEC(const char *) texts;
typedef AB_VEC(int32_t) numbers;

/* As many as come, whatever was promised: a false promise costs no memory. */
static void take_rows(receiver *in, const ab_sheet *sheet, texts *cells, numbers *lines)
{
    for (int64_t r = 0; r < sheet->row_count && !stopped(in); r++) {
        int32_t *line = AB_PUSH(lines);
        if (line != NULL)
            *line = (int32_t)take_number(in, 0, INT32_MAX);
        in->no_memory = line == NULL;
        for (int32_t c = 0; c < sheet->column_count && !stopped(in); c++) {
            const char **cell = AB_PUSH(cells);
            if (cell != NULL)
                *cell = take_text(in, in->arena, true);
            in->no_memory = in->no_memory || cell == NULL;
        }
    }
}

static void keep_rows(receiver *in, ab_sheet *sheet, const texts *cells, const numbers *lines)
{
    const char **cell = AB_NEW(in->arena, const char *, cells->count);
    int32_t *line = AB_NEW(in->arena, int32_t, lines->count);

    in->no_memory = cell == NULL || line == NULL;
    if (in->no_memory)
        return;
    if (cells->count > 0)
        memcpy(cell, cells->at, (size_t)cells->count * sizeof *cell);
    if (lines->count > 0)
        memcpy(line, lines->at, (size_t)lines->count * sizeof *line);
    sheet->cells = cell;
    sheet->line = line;
}

static void take_sheet(receiver *in, ab_book *book)
{
    ab_sheet sheet = {.name = take_text(in, in->arena, true)};

    sheet.origin = take_text(in, in->arena, true);
    sheet.column_count = (int32_t)take_number(in, 0, AB_WIRE_COLUMNS_MAX);
    sheet.header_line = (int32_t)take_number(in, 0, INT32_MAX);
    sheet.row_count = take_number(in, 0, AB_CSV_ROWS_MAX);
    in->torn = in->torn || sheet.row_count * sheet.column_count > AB_CSV_CELLS_MAX;
    const char **header = stopped(in) ? NULL : AB_NEW(in->arena, const char *, sheet.column_count);
    if (header == NULL) {
        in->no_memory = in->no_memory || !in->torn;
        return;
    }
    for (int32_t c = 0; c < sheet.column_count && !stopped(in); c++)
        header[c] = take_text(in, in->arena, true);
    sheet.header = header;
    texts cells = {0};
    numbers lines = {0};
    take_rows(in, &sheet, &cells, &lines);
    if (!stopped(in))
        keep_rows(in, &sheet, &cells, &lines);
    if (!stopped(in))
        in->no_memory = !ab__book_add(book, &sheet);
    AB_VEC_FREE(&cells);
    AB_VEC_FREE(&lines);
}

static void take_issue(receiver *in, ab_issues *issues)
{
    ab_arena *work = ab__arena_new();
    ab_issue issue = {.severity = (ab_severity)take_number(in, 0, SEVERITIES - 1)};

    if (work == NULL) {
        in->no_memory = true;
        return;
    }
    issue.code = (int32_t)take_number(in, 0, INT32_MAX);
    issue.origin = take_text(in, work, true);
    issue.line = take_number(in, 0, INT64_MAX);
    issue.byte_column = take_number(in, 0, INT64_MAX);
    issue.column = take_text(in, work, true);
    issue.expected = take_text(in, work, true);
    issue.found = take_text(in, work, false);
    issue.hint = take_text(in, work, true);
    issue.fix = take_text(in, work, false);
    in->torn = in->torn || ab_issue_name(issue.code) == NULL;
    if (!stopped(in))
        ab_issues_add(issues, &issue);
    ab__arena_free(work);
}

static void take_end(receiver *in, ab_issues *issues, ab_error *ended)
{
    ab_arena *work = ab__arena_new();
    int64_t more[SEVERITIES];

    if (work == NULL) {
        in->no_memory = true;
        return;
    }
    for (int s = 0; s < SEVERITIES; s++)
        more[s] = take_number(in, 0, INT32_MAX);
    ab_status status = (ab_status)take_number(in, AB_OK, AB_INTERRUPTED);
    const char *message = take_text(in, work, true);
    if (!stopped(in)) {
        for (int s = 0; s < SEVERITIES; s++)
            ab__issues_count_more(issues, (ab_severity)s, more[s]);
        *ended = (ab_error)AB_ERROR_INIT;
        if (status != AB_OK)
            (void)ab_fail(ended, status, "%s", message);
    }
    ab__arena_free(work);
}

ab_wire_end ab__wire_receive(const ab_wire *from, ab_book *book, ab_issues *issues, ab_error *ended)
{
    receiver in = {.from = from, .arena = ab__book_arena(book)};
    int32_t sheets = 0, told = 0;

    for (;;) {
        int64_t piece = take_number(&in, 0, UINT8_MAX);
        if (piece == PIECE_SHEET && ++sheets <= AB_WIRE_SHEETS_MAX)
            take_sheet(&in, book);
        else if (piece == PIECE_ISSUE && ++told <= AB_WIRE_ISSUES_MAX)
            take_issue(&in, issues);
        else if (piece == PIECE_END)
            take_end(&in, issues, ended);
        else
            in.torn = true;
        if (in.no_memory)
            return AB_WIRE_NO_MEMORY;
        if (in.torn)
            return AB_WIRE_TORN;
        if (piece == PIECE_END)
            return AB_WIRE_WHOLE;
    }
}
