/* A little schema with a column of each type, and the reading of sheets by it. */
#ifndef TESTS_SCHEMA_WORLD_H
#define TESTS_SCHEMA_WORLD_H

#include "schema/convert.h"
#include "schema/help.h"

static const ab_code colour_words[] = {{.word = "red"}, {.word = "green"}, {.word = "dark blue"}};
static const ab_code_list colours = {"colour", colour_words, 3};

typedef struct owner {
    ab_row_head head;
    const char *id;
    const char *name;
} owner;

typedef struct thing {
    ab_row_head head;
    const char *id;
    const char *text;
    ab_c_REF owner;
    double length_m;
    double certainty_prob;
    int64_t people;
    int32_t flag;
    int32_t colour;
    uint32_t paints;
    ab_time time, day;
    int32_t clock_s;
    ab_list list;
    ab_ref subject;
    ab_refs subjects;
    ab_refs scope;
    ab_shape shape;
} thing;

typedef struct frame {
    ab_row_head head;
    const char *title;
    ab_time start;
    double step_s;
    double plain;
} frame;

enum { FRAME, OWNERS, THINGS, TABLES };
enum { THING_ID, THING_TEXT, THING_OWNER, THING_LENGTH, THING_CERTAINTY, THING_PEOPLE };

#define COLUMN(row, kind, header, member, ...)                                                     \
    {                                                                                              \
        .name = header, .type = AB_TYPE_##kind, .offset = offsetof(row, member), __VA_ARGS__       \
    }

static const ab_column frame_columns[] = {
    COLUMN(frame, TEXT, "title", title, .unit = "", .required = true),
    COLUMN(frame, TIME, "start", start, .unit = "UTC", .required = true),
    COLUMN(frame, NUMBER, "step_h", step_s, .unit = "h", .si = 3600, AB_RANGE(1, 168),
           .standard = "24"),
    COLUMN(frame, NUMBER, "plain", plain, .unit = ""),
};

static const ab_column owner_columns[] = {
    COLUMN(owner, ID, "id", id, .unit = "", .required = true),
    COLUMN(owner, TEXT, "name", name, .unit = ""),
};

static const ab_column thing_columns[] = {
    COLUMN(thing, ID, "id", id, .unit = "", .required = true),
    COLUMN(thing, TEXT, "text", text, .unit = "", .standard = "said nothing"),
    COLUMN(thing, REF, "owner", owner, .unit = "", .refers = "owners"),
    COLUMN(thing, NUMBER, "length_km", length_m, .unit = "km", .si = 1000, AB_RANGE(0, 500)),
    COLUMN(thing, NUMBER, "certainty_prob", certainty_prob, .unit = "probability", AB_RANGE(0, 1),
           .standard = "0.25"),
    COLUMN(thing, COUNT, "people", people, .unit = "people"),
    COLUMN(thing, FLAG, "flag", flag, .unit = "", .standard = "no"),
    COLUMN(thing, CODE, "colour", colour, .unit = "", .codes = &colours),
    COLUMN(thing, CODES, "paints", paints, .unit = "", .codes = &colours),
    COLUMN(thing, TIME, "time", time, .unit = "UTC"),
    COLUMN(thing, DAY, "day", day, .unit = "day"),
    COLUMN(thing, CLOCK, "clock", clock_s, .unit = "local", .standard = "24:00"),
    COLUMN(thing, LIST, "list", list, .unit = ""),
    COLUMN(thing, SUBJECT, "subject", subject, .unit = ""),
    COLUMN(thing, SUBJECTS, "subjects", subjects, .unit = ""),
    COLUMN(thing, SCOPE, "scope", scope, .unit = "", .refers = "owners", .codes = &colours),
    COLUMN(thing, WKT, "wkt", shape, .unit = ""),
};

static const ab_table world_tables[TABLES] = {
    {"frame", "frame", AB_SETTINGS, false, false, "what holds for all", frame_columns, 4,
     sizeof(frame), NULL},
    {"owners", "owner", AB_ROWS, false, false, "who has things", owner_columns, 2, sizeof(owner),
     NULL},
    {"things", "thing", AB_ROWS, true, false, "what there is", thing_columns, 17, sizeof(thing),
     NULL},
};
static const ab_schema world = {world_tables, TABLES, 1};

/* What was read, until `forget`. */
typedef struct reading {
    ab_arena *arena;
    ab_issues *issues;
    ab_rows *rows;
    ab_data data;
} reading;

static inline ab_status read_book(reading *of, const ab_book *book)
{
    ab_error err = AB_ERROR_INIT;
    *of = (reading){.arena = ab__arena_new(), .issues = ab_issues_new(0)};
    of->rows = of->arena == NULL ? NULL : AB_NEW(of->arena, ab_rows, TABLES);
    if (of->rows == NULL || of->issues == NULL)
        return AB_NO_MEMORY;
    ab_status status = ab__data_read(&world, book, of->arena, of->rows, of->issues, &err);
    of->data = (ab_data){&world, of->rows};
    return status;
}

static inline void forget(reading *of)
{
    ab__arena_free(of->arena);
    ab_issues_free(of->issues);
}

/* Reads sheets that are given as text; NULL: no such sheet. */
static inline reading read_world(const char *frame_text, const char *owners, const char *things)
{
    reading of;
    ab_book *book = ab__book_new();
    if (frame_text != NULL)
        add_sheet(book, "frame", frame_text);
    if (owners != NULL)
        add_sheet(book, "owners", owners);
    if (things != NULL)
        add_sheet(book, "things", things);
    assert_int_equal(read_book(&of, book), AB_OK);
    ab_book_free(book); /* what was read does not need it */
    return of;
}

static inline const thing *things_of(const reading *of)
{
    return of->rows[THINGS].at;
}

/* One thing, `a`, with this cell. */
static inline reading read_cell(const char *column, const char *cell)
{
    char text[500];
    (void)snprintf(text, sizeof text, "id|%s\na|%s\n", column, cell);
    return read_world(NULL, "id|name\nann|Ann\nbob|Bob\n", text);
}

/* That this cell of things.csv has this flaw and no other. */
static inline void assert_flaw(const char *column, const char *cell, int32_t code,
                               const char *message)
{
    reading of = read_cell(column, cell);
    assert_says(of.issues, code, message);
    assert_int_equal(ab_issues_count(of.issues), 1);
    forget(&of);
}

#endif
