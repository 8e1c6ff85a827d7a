/* CSV files as people save them, and as they break. */
#include "io/support.h"

#include "base/arena.h"
#include "base/text.h"
#include "io/csv.h"
#include "schema/book.h"
#include "support/pieces.h"

/* ---- Reading in pieces, and telling what was read ---------------------------------------------- */

/* "1 a|b / 2 1|x": each row with its line; line breaks in cells as \n and \r. */
static void add_sheet(ab_buf *out, const ab_sheet *sheet)
{
    for (int64_t r = -1; r < sheet->row_count; r++) {
        ab__buf_printf(out, "%s%d ", r < 0 ? "" : " / ",
                       (int)(r < 0 ? sheet->header_line : sheet->line[r]));
        for (int32_t c = 0; c < sheet->column_count; c++) {
            const char *text = r < 0 ? sheet->header[c] : sheet->cells[r * sheet->column_count + c];
            ab__buf_add(out, c > 0 ? "|" : "");
            for (; *text != '\0'; text++) {
                if (*text == '\n' || *text == '\r')
                    ab__buf_add(out, *text == '\n' ? "\\n" : "\\r");
                else
                    ab__buf_char(out, *text);
            }
        }
    }
}

typedef struct outcome {
    ab_book *book;
    ab_issues *issues;
    ab_buf sheet, flaws;
} outcome;

static outcome read_in_pieces(const char *bytes, size_t size, size_t piece)
{
    outcome got = {ab__book_new(), ab_issues_new(0), AB_BUF_INIT, AB_BUF_INIT};
    pieces from = {bytes, size, piece};

    assert_int_equal(
        ab__csv_read(&(ab_csv_source){pull_piece, &from}, "t", "t.csv", got.book, got.issues, NULL),
        AB_OK);
    const ab_sheet *sheet = ab_book_find(got.book, "t");
    if (sheet != NULL && sheet->column_count > 0)
        add_sheet(&got.sheet, sheet);
    add_issues(&got.flaws, got.issues);
    return got;
}

static void forget(outcome *got)
{
    ab_book_free(got->book);
    ab_issues_free(got->issues);
    ab__buf_free(&got->sheet);
    ab__buf_free(&got->flaws);
}

/* ---- Cases ------------------------------------------------------------------------------------ */

typedef struct expectation {
    const char *because;
    const char *bytes;
    size_t size;
    const char *sheet, *flaws;
} expectation;
#define FILE_OF(text) text, sizeof(text) - 1

static const expectation sound[] = {
    {"a plain file", FILE_OF("a,b\n1,2\n3,4\n"), "1 a|b / 2 1|2 / 3 3|4", ""},
    {"the last line needs no end", FILE_OF("a,b\n1,2"), "1 a|b / 2 1|2", ""},
    {"lines end with CR LF", FILE_OF("a,b\r\n1,2\r\n"), "1 a|b / 2 1|2", ""},
    {"lines end with CR", FILE_OF("a,b\r1,2\r3,4"), "1 a|b / 2 1|2 / 3 3|4", ""},
    {"line ends are mixed", FILE_OF("a,b\r\n1,2\n3,4\r5,6"), "1 a|b / 2 1|2 / 3 3|4 / 4 5|6", ""},
    {"a byte-order mark is no text",
     FILE_OF("\xEF\xBB\xBF"
             "a,b\n1,2\n"),
     "1 a|b / 2 1|2", ""},
    {"semicolons part the cells where the header has them", FILE_OF("a;b\n1,5;2\n"),
     "1 a|b / 2 1,5|2", ""},
    {"tabs part the cells where the header has them", FILE_OF("a\tb\n1;2\t3,4\n"),
     "1 a|b / 2 1;2|3,4", ""},
    {"separators in a quoted name of the header do not count", FILE_OF("\"a;;;\",b\n1,2\n"),
     "1 a;;;|b / 2 1|2", ""},
    {"one column needs no separator", FILE_OF("a\n1\n2\n"), "1 a / 2 1 / 3 2", ""},
    {"a quoted cell holds a separator", FILE_OF("a,b\n\"1,5\",2\n"), "1 a|b / 2 1,5|2", ""},
    {"a doubled quote is a quote", FILE_OF("a,b\n\"he said \"\"no\"\"\",\"\"\"\"\n"),
     "1 a|b / 2 he said \"no\"|\"", ""},
    {"a quoted cell holds line breaks, and the rows after it keep their lines",
     FILE_OF("a,b\n\"1\n\r\n2\",x\n3,4\n"), "1 a|b / 2 1\\n\\r\\n2|x / 5 3|4", ""},
    {"a quoted cell may be empty", FILE_OF("a,b\n\"\",2\n"), "1 a|b / 2 |2", ""},
    {"empty lines anywhere are no rows", FILE_OF("\n\na,b\n\n1,2\n\n\n"), "3 a|b / 5 1|2", ""},
    {"rows of separators, spaces and empty quotes are no rows",
     FILE_OF("a,b\n,\n1,2\n , \n\"\",\n,,,,\n"), "1 a|b / 3 1|2", ""},
    {"names in the header are trimmed, cells are not", FILE_OF(" a ,\tb\n 1 ,2\n"),
     "1 a|b / 2  1 |2", ""},
    {"an empty column at the end is no column", FILE_OF("a,b,,\n1,2,,\n3,4\n5,6,\n"),
     "1 a|b / 2 1|2 / 3 3|4 / 4 5|6", ""},
    {"empty cells behind the last column are no cells", FILE_OF("a,b\n1,2,,,\n"), "1 a|b / 2 1|2",
     ""},
    {"a header alone is a table without rows", FILE_OF("a,b\n"), "1 a|b", ""},
    {"Arabic and Vietnamese are text",
     FILE_OF("a\n\xD8\xAF\xD9\x85\xD8\xB4\xD9\x82\n\xC4\x90\xE1\xBA\xB7ng\n"),
     "1 a / 2 \xD8\xAF\xD9\x85\xD8\xB4\xD9\x82 / 3 \xC4\x90\xE1\xBA\xB7ng", ""},
};

static const expectation flawed[] = {
    {"a file of nothing has no header", FILE_OF(""), "", "EMPTY_TABLE 0:0"},
    {"a file of empty lines has no header", FILE_OF("\n\r\n,\n"), "", "EMPTY_TABLE 0:0"},
    {"a short row is told with its line and filled up", FILE_OF("a,b,c\n1,2\n3,4,5\n"),
     "1 a|b|c / 2 1|2| / 3 3|4|5", "RAGGED 2:0"},
    {"a long row is told with its line and cut", FILE_OF("a,b\n1,2,3\n4,5\n"),
     "1 a|b / 2 1|2 / 3 4|5", "RAGGED 2:0"},
    {"text under a column without a name is told", FILE_OF("a,b,\n1,2,3\n"), "1 a|b / 2 1|2",
     "RAGGED 2:0"},
    {"every ragged row is told", FILE_OF("a,b\n1\n2,3\n4,5,6\n"), "1 a|b / 2 1| / 3 2|3 / 4 4|5",
     "RAGGED 2:0; RAGGED 4:0"},
    {"a quote that is open at the end of the file is told where it opened",
     FILE_OF("a,b\n1,2\n3,\"4\n5,6\n7,8\n"), "1 a|b / 2 1|2 / 3 3|4 / 4 5|6 / 5 7|8",
     "OPEN_QUOTE 3:3 b"},
    {"an open quote is told where it opened though a later line has quotes",
     FILE_OF("a,b\n1,\"x\n2,\"y\"\n3,z\n"), "1 a|b / 2 1|x / 3 2|y / 4 3|z", "OPEN_QUOTE 2:3 b"},
    {"two open quotes are told each", FILE_OF("a,b\n1,\"x\n2,\"y\n3,z\n"),
     "1 a|b / 2 1|x / 3 2|y / 4 3|z", "OPEN_QUOTE 2:3 b; OPEN_QUOTE 3:3 b"},
    {"a row with an open quote is not called ragged besides", FILE_OF("a,b\n\"1,2,3\n4,5\n"),
     "1 a|b / 2 1|2 / 3 4|5", "OPEN_QUOTE 2:1 a"},
    {"an open quote after a sound cell with line breaks", FILE_OF("a,b\n\"1\n2\",\"x\n3,4\n"),
     "1 a|b / 2 1\\n2|x / 4 3|4", "OPEN_QUOTE 3:4 b"},
    {"a quote inside a bare cell is told and kept", FILE_OF("a,b\n12\" pipe,2\n3,4\n"),
     "1 a|b / 2 12\" pipe|2 / 3 3|4", "STRAY_QUOTE 2:3 a"},
    {"text behind a closing quote is told and kept", FILE_OF("a,b\n1,\"x\" y\n3,4\n"),
     "1 a|b / 2 1|x y / 3 3|4", "STRAY_QUOTE 2:5 b"},
    {"a cell with stray quotes is told once, two cells twice", FILE_OF("a,b\nx\"\"\"y,z\"\n"),
     "1 a|b / 2 x\"\"\"y|z\"", "STRAY_QUOTE 2:2 a; STRAY_QUOTE 2:8 b"},
    {"a NUL is told with its byte and left out", FILE_OF("a,b\n1,x\0y\n"), "1 a|b / 2 1|xy",
     "NUL_BYTE 2:4 b"},
    {"a NUL in the second line of a cell is told there", FILE_OF("a,b\n\"1\nx\0\",2\n"),
     "1 a|b / 2 1\\nx|2", "NUL_BYTE 3:2 a"},
    {"Latin-1 is told with its byte and marked in the text",
     FILE_OF("a,b\n1,caf\xE9\n\xE9\xE8,2\n"),
     "1 a|b / 2 1|caf\xEF\xBF\xBD / 3 \xEF\xBF\xBD\xEF\xBF\xBD|2",
     "NOT_UTF8 2:6 b; NOT_UTF8 3:1 a"},
    {"a character cut in two by a quote", FILE_OF("a\n\"x\xC3\"\n"), "1 a / 2 x\xEF\xBF\xBD",
     "NOT_UTF8 2:3 a"},
    {"flaws of the header are told", FILE_OF("a,\xE9,c\"\n1,2,3\n"),
     "1 a|\xEF\xBF\xBD|c\" / 2 1|2|3", "NOT_UTF8 1:3; STRAY_QUOTE 1:6"},
    {"the byte-order mark does not count as bytes of the line",
     FILE_OF("\xEF\xBB\xBF"
             "a\"\n1\n"),
     "1 a\" / 2 1", "STRAY_QUOTE 1:2"},
    {"UTF-16 is recognised at once",
     FILE_OF("\xFF\xFE"
             "a\0,\0b\0"),
     "", "NOT_UTF8 1:1"},
    {"a workbook called .csv is recognised at once", FILE_OF("PK\x03\x04 and so on"), "",
     "UNREADABLE 1:1"},
    {"all flaws of a row are told, in the order of the line", FILE_OF("a,b\nx\"\0,\xFF\"\n1\n"),
     "1 a|b / 2 x\"|\xEF\xBF\xBD\" / 3 1|",
     "STRAY_QUOTE 2:2 a; NUL_BYTE 2:3 a; NOT_UTF8 2:5 b; STRAY_QUOTE 2:6 b; RAGGED 3:0"},
};

static void check_expectation(const expectation *given)
{
    static const size_t piece_sizes[] = {1, 2, 3, 7, 1 << 20};

    for (size_t i = 0; i < sizeof piece_sizes / sizeof piece_sizes[0]; i++) {
        outcome got = read_in_pieces(given->bytes, given->size, piece_sizes[i]);
        if (strcmp(ab__buf_text(&got.sheet), given->sheet) != 0 ||
            strcmp(ab__buf_text(&got.flaws), given->flaws) != 0)
            fail_msg("%s (pieces of %zu):\n  read  %s\n  not   %s\n  flaws %s\n  not   %s",
                     given->because, piece_sizes[i], ab__buf_text(&got.sheet), given->sheet,
                     ab__buf_text(&got.flaws), given->flaws);
        forget(&got);
    }
}

static void sound_files_are_read_as_they_are_meant(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof sound / sizeof sound[0]; i++)
        check_expectation(&sound[i]);
}

static void every_flaw_is_told_where_it_is_and_reading_goes_on(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof flawed / sizeof flawed[0]; i++)
        check_expectation(&flawed[i]);
}

static void messages_say_what_is_wrong_and_what_to_do(void **state)
{
    static const char bytes[] = "a,b\n1\n2,\"x\n";
    char words[400];
    outcome got = read_in_pieces(bytes, sizeof bytes - 1, 100);

    (void)state;
    ab_issue_format(ab_issues_at(got.issues, 0), words, sizeof words);
    assert_string_equal(words, "t.csv:2: expected 2 cells, as in the header; found \"1 cell\"; "
                               "write the missing separators");
    ab_issue_format(ab_issues_at(got.issues, 1), words, sizeof words);
    assert_string_equal(words, "t.csv:3:3: b: a quoted cell is never closed; found \"x\"; end the "
                               "cell with a quote; a quote inside a quoted cell is written twice");
    forget(&got);
}

static void a_title_above_the_header_is_told_as_one(void **state)
{
    static const char bytes[] = "Stocks as of 1 March,,\nhub,commodity,mass_t\n";
    char words[400];
    outcome got = read_in_pieces(bytes, sizeof bytes - 1, 100);

    (void)state;
    assert_int_equal(ab_issues_count(got.issues), 1);
    ab_issue_format(ab_issues_at(got.issues, 0), words, sizeof words);
    assert_string_equal(words, "t.csv:2: expected 1 cell, as in the header; found \"3 cells\"; if "
                               "line 1 is a title, remove it: the first line names the columns");
    forget(&got);
}

/* ---- Sizes ------------------------------------------------------------------------------------ */

static void add_many(ab_buf *text, char c, size_t count)
{
    for (size_t i = 0; i < count; i++)
        ab__buf_char(text, c);
}

static void a_cell_over_64_kib_is_told_and_cut_unless_it_is_wkt(void **state)
{
    ab_buf text = AB_BUF_INIT;

    (void)state;
    ab__buf_add(&text, "a,wkt\n");
    add_many(&text, 'x', AB_CSV_CELL_MAX + 1);
    ab__buf_char(&text, ',');
    add_many(&text, '0', 500000);
    ab__buf_add(&text, "\n1,2\n");
    outcome got = read_in_pieces(text.text, text.size, 50000);
    const ab_sheet *sheet = ab_book_find(got.book, "t");
    assert_string_equal(ab__buf_text(&got.flaws), "TOO_LONG 2:1 a");
    assert_int_equal(sheet->row_count, 2);
    assert_int_equal(strlen(sheet->cells[0]), AB_CSV_CELL_MAX);
    assert_int_equal(strlen(sheet->cells[1]), 500000);
    forget(&got);
    ab__buf_free(&text);
}

static void a_row_over_1_mib_is_told_and_passed_over(void **state)
{
    static const char *const fills[] = {"x", ",", "\"\"", "\"\",", "x\""};

    (void)state;
    for (size_t i = 0; i < sizeof fills / sizeof fills[0]; i++) {
        ab_buf text = AB_BUF_INIT;
        ab__buf_add(&text, "a,b\n1,\"p\nq\"\nx");
        while (text.size < 3u << 20)
            ab__buf_add(&text, fills[i]);
        ab__buf_add(&text, "\r\n3,4\n");
        outcome got = read_in_pieces(text.text, text.size, 1 << 20);
        const char *flaws = ab__buf_text(&got.flaws);
        assert_non_null(strstr(flaws, "TOO_LONG 4:0"));
        assert_string_equal(ab__buf_text(&got.sheet), "1 a|b / 2 1|p\\nq / 5 3|4");
        forget(&got);
        ab__buf_free(&text);
    }
}

static void a_quote_open_for_over_1_mib_is_told_and_no_row_after_it_is_lost(void **state)
{
    ab_buf text = AB_BUF_INIT;

    (void)state;
    ab__buf_add(&text, "a,b\n1,\"x\n");
    for (int i = 0; i < 400000; i++)
        ab__buf_add(&text, "2,y\n");
    outcome got = read_in_pieces(text.text, text.size, 1 << 20);
    assert_string_equal(ab__buf_text(&got.flaws), "OPEN_QUOTE 2:3 b");
    assert_int_equal(ab_book_find(got.book, "t")->row_count, 400001);
    forget(&got);
    ab__buf_free(&text);
}

static void a_thousand_flaws_are_listed_and_the_last_says_that_there_are_more(void **state)
{
    ab_buf text = AB_BUF_INIT;

    (void)state;
    ab__buf_add(&text, "a,b\n");
    for (int i = 0; i < 5000; i++)
        ab__buf_add(&text, "x\n");
    outcome got = read_in_pieces(text.text, text.size, 1 << 20);
    assert_int_equal(ab_issues_count(got.issues), AB_CSV_FLAWS_MAX);
    assert_non_null(strstr(ab_issues_at(got.issues, AB_CSV_FLAWS_MAX - 1)->hint, "more flaws"));
    assert_int_equal(ab_book_find(got.book, "t")->row_count, 5000);
    forget(&got);
    ab__buf_free(&text);
}

/* A file of `left` rows that is made while it is read. */
static int64_t pull_rows(void *context, unsigned char *into, size_t cap)
{
    int64_t *left = context;
    size_t rows = cap / 2;

    if ((int64_t)rows > *left)
        rows = (size_t)*left;
    for (size_t i = 0; i < rows; i++)
        memcpy(into + 2 * i, "x\n", 2);
    *left -= (int64_t)rows;
    return (int64_t)(2 * rows);
}

/* A header and then rows of 60,000 bytes. */
static int64_t pull_long_rows(void *context, unsigned char *into, size_t cap)
{
    int64_t *at = context;
    size_t size = cap < 4096 ? cap : 4096;

    for (size_t i = 0; i < size; i++, ++*at)
        into[i] = *at % 60000 == 1 ? '\n' : 'x';
    return (int64_t)size;
}

static void a_table_over_256_mib_of_text_is_told_and_read_no_further(void **state)
{
    int64_t at = 0;
    ab_csv_source source = {pull_long_rows, &at};
    ab_book *book = ab__book_new();
    ab_issues *issues = ab_issues_new(0);

    (void)state;
    assert_int_equal(ab__csv_read(&source, "t", "t.csv", book, issues, NULL), AB_OK);
    assert_int_equal(ab_issues_count(issues), 1);
    assert_int_equal(ab_issues_at(issues, 0)->code, AB_ISSUE_TOO_LONG);
    assert_string_equal(ab_issues_at(issues, 0)->expected, "at most 256 MiB of text");
    assert_true(at < AB_CSV_BYTES_MAX + (4 << 20));
    ab_book_free(book);
    ab_issues_free(issues);
}

static void two_million_rows_are_read_and_one_more_is_told(void **state)
{
    (void)state;
    for (int more = 0; more < 2; more++) {
        int64_t left = 1 + AB_CSV_ROWS_MAX + more;
        ab_book *book = ab__book_new();
        ab_issues *issues = ab_issues_new(0);
        assert_int_equal(
            ab__csv_read(&(ab_csv_source){pull_rows, &left}, "t", "t.csv", book, issues, NULL),
            AB_OK);
        assert_int_equal(ab_book_find(book, "t")->row_count, AB_CSV_ROWS_MAX);
        assert_int_equal(ab_issues_count(issues), more);
        if (more)
            assert_int_equal(ab_issues_at(issues, 0)->line, AB_CSV_ROWS_MAX + 2);
        ab_book_free(book);
        ab_issues_free(issues);
    }
}

static void a_header_of_fifteen_thousand_columns_is_told(void **state)
{
    ab_buf text = AB_BUF_INIT;

    (void)state;
    for (int i = 0; i < 15000; i++)
        ab__buf_add(&text, "a,");
    ab__buf_add(&text, "a\n1\n");
    outcome got = read_in_pieces(text.text, text.size, 1 << 20);
    assert_string_equal(ab__buf_text(&got.flaws), "TOO_LONG 1:0");
    assert_int_equal(ab_book_find(got.book, "t")->column_count, AB_CSV_COLUMNS_MAX);
    assert_int_equal(ab_book_find(got.book, "t")->row_count, 0);
    forget(&got);
    ab__buf_free(&text);
}

static void a_header_over_1_mib_is_told_and_nothing_else(void **state)
{
    ab_buf text = AB_BUF_INIT;

    (void)state;
    add_many(&text, 'a', AB_CSV_RECORD_MAX + 1);
    ab__buf_add(&text, "\n1,2\n3\n");
    outcome got = read_in_pieces(text.text, text.size, 1 << 20);
    assert_string_equal(ab__buf_text(&got.flaws), "TOO_LONG 1:0");
    assert_int_equal(ab_book_find(got.book, "t")->column_count, 0);
    forget(&got);
    ab__buf_free(&text);
}

/* ---- Properties ------------------------------------------------------------------------------- */

static void draw_cell(uint64_t *state, ab_buf *cell)
{
    static const char *const parts[] = {"a",
                                        "7",
                                        " ",
                                        ",",
                                        ";",
                                        "\t",
                                        "\"",
                                        "\n",
                                        "\r",
                                        "\r\n",
                                        "\xC3\xA9",
                                        "\xE2\x82\xAC",
                                        "\xF0\x9F\x9A\x9A",
                                        "#",
                                        "'"};

    for (uint64_t n = draw(state) % 12; n > 0; n--)
        ab__buf_add(cell, parts[draw(state) % (sizeof parts / sizeof parts[0])]);
}

static void add_quoted(ab_buf *file, const char *text)
{
    ab__buf_char(file, '"');
    for (; *text != '\0'; text++) {
        ab__buf_char(file, *text);
        if (*text == '"')
            ab__buf_char(file, '"');
    }
    ab__buf_char(file, '"');
}

enum { ROWS = 20, COLUMNS = 5 };

/* A random table; its first column is never empty. Bare cells only where no sign asks for quotes. */
static void draw_table(uint64_t *state, char *cells[ROWS][COLUMNS], ab_buf *file)
{
    static const char *const separators[] = {",", ";", "\t"};
    static const char *const line_ends[] = {"\n", "\r\n", "\r"};
    const char *separator = separators[draw(state) % 3], *line_end = line_ends[draw(state) % 3];

    ab__buf_printf(file, "c0%sc1%sc2%sc3%sc4%s", separator, separator, separator, separator,
                   line_end);
    for (int r = 0; r < ROWS; r++) {
        for (int c = 0; c < COLUMNS; c++) {
            ab_buf cell = AB_BUF_INIT;
            ab__buf_add(&cell, c == 0 ? "x" : "");
            draw_cell(state, &cell);
            bool bare = cell.text[strcspn(cell.text, ",;\t\"\r\n")] == '\0' && draw(state) % 2;
            ab__buf_add(file, c > 0 ? separator : "");
            if (bare)
                ab__buf_add(file, cell.text);
            else
                add_quoted(file, cell.text);
            cells[r][c] = cell.text;
        }
        ab__buf_add(file, r + 1 < ROWS || draw(state) % 2 ? line_end : "");
    }
}

static void what_is_written_by_the_rules_is_read_back_as_it_was(void **state)
{
    uint64_t seed = 4180;

    (void)state;
    for (int n = 0; n < 300; n++) {
        char *cells[ROWS][COLUMNS];
        ab_buf file = AB_BUF_INIT;
        draw_table(&seed, cells, &file);
        outcome got = read_in_pieces(file.text, file.size, 1 + draw(&seed) % 100);
        const ab_sheet *sheet = ab_book_find(got.book, "t");
        assert_string_equal(ab__buf_text(&got.flaws), "");
        assert_int_equal(sheet->row_count, ROWS);
        for (int r = 0; r < ROWS; r++) {
            for (int c = 0; c < COLUMNS; c++) {
                assert_string_equal(sheet->cells[r * COLUMNS + c], cells[r][c]);
                free(cells[r][c]);
            }
        }
        forget(&got);
        ab__buf_free(&file);
    }
}

static void random_bytes_give_a_sheet_of_clean_text_the_same_in_any_pieces(void **state)
{
    static const char signs[] = "\"\",,\n\r;\t ax\0\xC3\xA9\xFF";
    uint64_t seed = 7;

    (void)state;
    for (int n = 0; n < 2000; n++) {
        char bytes[60];
        size_t size = draw(&seed) % sizeof bytes;
        for (size_t i = 0; i < size; i++)
            bytes[i] = signs[draw(&seed) % (sizeof signs - 1)];
        outcome whole = read_in_pieces(bytes, size, sizeof bytes);
        outcome parts = read_in_pieces(bytes, size, 1);
        assert_string_equal(ab__buf_text(&whole.sheet), ab__buf_text(&parts.sheet));
        assert_string_equal(ab__buf_text(&whole.flaws), ab__buf_text(&parts.flaws));
        assert_int_equal(ab__utf8_bad(ab__buf_text(&whole.sheet), whole.sheet.size),
                         whole.sheet.size);
        forget(&whole);
        forget(&parts);
    }
}

/* ---- Failures --------------------------------------------------------------------------------- */

static void want_of_memory_is_reported_and_leaves_nothing_behind(void **state)
{
    static const char bytes[] = "a,b\n\"1\"\"\",2\n3,\"4\n5,x\"6\n";
    ab_status status = AB_NO_MEMORY;

    (void)state;
    for (int64_t n = 1; status != AB_OK && n < 200; n++) {
        ab_book *book = ab__book_new();
        ab_issues *issues = ab_issues_new(0);
        ab_error err = AB_ERROR_INIT;
        ab__fail_allocation(n);
        status = ab__csv_read_bytes(bytes, sizeof bytes - 1, "t", "t.csv", book, issues, &err);
        ab__fail_allocation(0);
        assert_true(status == AB_OK || status == AB_NO_MEMORY);
        ab_book_free(book);
        ab_issues_free(issues);
    }
    assert_int_equal(status, AB_OK);
}

static void a_disk_that_fails_while_it_is_read_is_a_failure(void **state)
{
    ab_book *book = ab__book_new();
    ab_issues *issues = ab_issues_new(0);
    ab_error err = AB_ERROR_INIT;

    (void)state;
    assert_int_equal(ab__csv_read_fd(-1, "t", "t.csv", book, issues, &err), AB_IO);
    assert_non_null(strstr(err.message, "t.csv"));
    ab_book_free(book);
    ab_issues_free(issues);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sound_files_are_read_as_they_are_meant),
        cmocka_unit_test(every_flaw_is_told_where_it_is_and_reading_goes_on),
        cmocka_unit_test(messages_say_what_is_wrong_and_what_to_do),
        cmocka_unit_test(a_title_above_the_header_is_told_as_one),
        cmocka_unit_test(a_cell_over_64_kib_is_told_and_cut_unless_it_is_wkt),
        cmocka_unit_test(a_row_over_1_mib_is_told_and_passed_over),
        cmocka_unit_test(a_quote_open_for_over_1_mib_is_told_and_no_row_after_it_is_lost),
        cmocka_unit_test(a_thousand_flaws_are_listed_and_the_last_says_that_there_are_more),
        cmocka_unit_test(a_table_over_256_mib_of_text_is_told_and_read_no_further),
        cmocka_unit_test(two_million_rows_are_read_and_one_more_is_told),
        cmocka_unit_test(a_header_of_fifteen_thousand_columns_is_told),
        cmocka_unit_test(a_header_over_1_mib_is_told_and_nothing_else),
        cmocka_unit_test(what_is_written_by_the_rules_is_read_back_as_it_was),
        cmocka_unit_test(random_bytes_give_a_sheet_of_clean_text_the_same_in_any_pieces),
        cmocka_unit_test(want_of_memory_is_reported_and_leaves_nothing_behind),
        cmocka_unit_test(a_disk_that_fails_while_it_is_read_is_a_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
