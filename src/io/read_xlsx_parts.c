#include "io/read_xlsx_parts.h"

#include <string.h>

#include "io/path.h"

/* A part that another one refers to. */
typedef struct relation {
    const char *id, *kind, *part;
} relation;

typedef AB_VEC(relation) relations;

/* ---- Texts ------------------------------------------------------------------------------------ */

/* 000D_ as 13; 0: no such code, or none that ASCII has. */
static int ascii_code(const char *text)
{
    static const char digits[] = "0123456789abcdef";
    int code = 0;

    for (int i = 0; i < 4; i++) {
        char c = text[i] >= 'A' && text[i] <= 'F' ? (char)(text[i] - 'A' + 'a') : text[i];
        const char *digit = c != '\0' ? strchr(digits, c) : NULL;
        if (digit == NULL)
            return 0;
        code = code * 16 + (int)(digit - digits);
    }
    return text[4] == '_' && code < 0x80 ? code : 0;
}

/* ECMA-376 part 1, 22.9.2.19: _x000D_ is a carriage return, and _x005F_ the sign _ itself. */
void ab__xlsx_unescape(const char *text, ab_buf *out)
{
    for (const char *at = text; *at != '\0';) {
        const char *mark = strstr(at, "_x");
        if (mark == NULL) {
            ab__buf_add(out, at);
            return;
        }
        ab__buf_add_n(out, at, (size_t)(mark - at));
        at = mark;
        int code = ascii_code(mark + 2);
        if (code > 0) {
            ab__buf_char(out, (char)code);
            at += 7;
        } else {
            ab__buf_add_n(out, at, 2);
            at += 2;
        }
    }
}

void ab__xlsx_add_runs(ab_xml *xml, ab_buf *out)
{
    int32_t depth = xml->depth;
    bool within = false;

    for (;;) {
        ab_xml_step step = ab__xml_next(xml);
        if (step == AB_XML_END || step == AB_XML_BAD ||
            (step == AB_XML_CLOSE && xml->depth == depth))
            return;
        if (step == AB_XML_OPEN && ab__xml_is(xml, "rPh"))
            ab__xml_skip(xml);
        else if (step == AB_XML_OPEN || step == AB_XML_CLOSE)
            within = step == AB_XML_OPEN && ab__xml_is(xml, "t");
        else if (within)
            ab__xml_add_text(xml, out);
    }
}

static ab_status read_texts(ab_workbook *from, const ab_buf *bytes, const char *name,
                            ab_xlsx_book *out)
{
    ab_xml xml = ab__xml_start(bytes);
    ab_xml_step step;
    ab_buf raw = AB_BUF_INIT, text = AB_BUF_INIT;
    bool kept = true;

    while (kept && (step = ab__xml_next(&xml)) != AB_XML_END && step != AB_XML_BAD) {
        if (step != AB_XML_OPEN || !ab__xml_is(&xml, "si"))
            continue;
        ab__buf_clear(&raw);
        ab__buf_clear(&text);
        ab__xlsx_add_runs(&xml, &raw);
        ab__xlsx_unescape(ab__buf_text(&raw), &text);
        const char **added = AB_PUSH(&out->text);
        kept = added != NULL && !raw.failed && !text.failed &&
               (*added = ab__arena_text_n(from->work, ab__buf_text(&text), text.size)) != NULL;
    }
    ab__buf_free(&raw);
    ab__buf_free(&text);
    if (!kept)
        return ab__workbook_no_memory(from);
    return step == AB_XML_BAD ? ab__workbook_damaged(from, name) : AB_OK;
}

/* ---- Styles ----------------------------------------------------------------------------------- */

typedef struct format {
    int32_t number;
    ab_shown shown;
} format;

typedef AB_VEC(format) formats;

static ab_shown shown_by(const formats *known, int32_t number)
{
    for (int32_t i = 0; i < known->count; i++)
        if (known->at[i].number == number)
            return known->at[i].shown;
    return ab__format_number_shows(number);
}

/* false: out of memory. */
static bool take_style(ab_xml *xml, formats *known, bool of_cells, ab_buf *text, ab_xlsx_book *out)
{
    int32_t number = ab__xml_count(xml, "numFmtId", INT32_MAX, 0);

    if (ab__xml_is(xml, "numFmt")) {
        (void)ab__xml_attribute(xml, "formatCode", text);
        format *added = AB_PUSH(known);
        if (added == NULL || text->failed)
            return false;
        *added = (format){number, ab__format_shows(ab__buf_text(text))};
    } else if (of_cells && ab__xml_is(xml, "xf")) {
        ab_shown *added = AB_PUSH(&out->style);
        if (added == NULL)
            return false;
        *added = shown_by(known, number);
    }
    return true;
}

static ab_status read_styles(ab_workbook *from, const ab_buf *bytes, const char *name,
                             ab_xlsx_book *out)
{
    ab_xml xml = ab__xml_start(bytes);
    ab_xml_step step;
    ab_buf text = AB_BUF_INIT;
    formats known = {0};
    bool of_cells = false, kept = true;

    while (kept && (step = ab__xml_next(&xml)) != AB_XML_END && step != AB_XML_BAD) {
        if (step != AB_XML_TEXT && ab__xml_is(&xml, "cellXfs"))
            of_cells = step == AB_XML_OPEN;
        else if (step == AB_XML_OPEN)
            kept = take_style(&xml, &known, of_cells, &text, out);
    }
    ab__buf_free(&text);
    AB_VEC_FREE(&known);
    if (!kept)
        return ab__workbook_no_memory(from);
    return step == AB_XML_BAD ? ab__workbook_damaged(from, name) : AB_OK;
}

/* ---- Relations -------------------------------------------------------------------------------- */

/* `target` as seen from part `of`: relative to its folder, unless it begins with a slash. */
static const char *part_at(ab_arena *arena, const char *of, const char *target)
{
    if (target[0] == '/')
        return ab__arena_text(arena, target + 1);
    size_t folder = (size_t)(ab__path_name(of) - of);
    while (strncmp(target, "../", 3) == 0 && folder > 0) {
        target += 3;
        folder--;
        while (folder > 0 && of[folder - 1] != '/')
            folder--;
    }
    return ab__arena_printf(arena, "%.*s%s", (int)folder, of, target);
}

static bool take_relation(ab_workbook *from, const ab_xml *xml, const char *of, ab_buf *text,
                          relations *out)
{
    relation *added = AB_PUSH(out);
    if (added == NULL)
        return false;
    (void)ab__xml_attribute(xml, "Id", text);
    added->id = ab__arena_text(from->work, ab__buf_text(text));
    (void)ab__xml_attribute(xml, "Type", text);
    added->kind = ab__arena_text(from->work, ab__path_name(ab__buf_text(text)));
    (void)ab__xml_attribute(xml, "Target", text);
    added->part = part_at(from->work, of, ab__buf_text(text));
    return !text->failed && added->id != NULL && added->kind != NULL && added->part != NULL;
}

/* What part `of` refers to ("": the archive itself); nothing where there is no such list. */
static ab_status read_relations(ab_workbook *from, const char *of, relations *out)
{
    ab_buf bytes = AB_BUF_INIT, text = AB_BUF_INIT;
    bool there, kept = true;
    size_t folder = (size_t)(ab__path_name(of) - of);
    char *name = ab__arena_printf(from->work, "%.*s_rels/%s.rels", (int)folder, of, of + folder);
    ab_status status =
        name == NULL ? ab__workbook_no_memory(from) : ab__workbook_part(from, name, &bytes, &there);
    ab_xml xml = ab__xml_start(&bytes);
    ab_xml_step step = AB_XML_END;

    while (status == AB_OK && there && kept && (step = ab__xml_next(&xml)) != AB_XML_END &&
           step != AB_XML_BAD)
        if (step == AB_XML_OPEN && ab__xml_is(&xml, "Relationship"))
            kept = take_relation(from, &xml, of, &text, out);
    if (!kept)
        status = ab__workbook_no_memory(from);
    else if (status == AB_OK && step == AB_XML_BAD)
        status = ab__workbook_damaged(from, name);
    ab__buf_free(&bytes);
    ab__buf_free(&text);
    return status;
}

/* The first part of this kind, or the one with this id; NULL: there is none. */
static const char *related(const relations *all, const char *kind, const char *id)
{
    for (int32_t i = 0; i < all->count; i++)
        if ((kind == NULL || strcmp(all->at[i].kind, kind) == 0) &&
            (id == NULL || strcmp(all->at[i].id, id) == 0))
            return all->at[i].part;
    return NULL;
}

ab_status ab__xlsx_workbook_part(ab_workbook *from, const char **out)
{
    relations all = {0};
    ab_status status = read_relations(from, "", &all);

    *out = status == AB_OK ? related(&all, "officeDocument", NULL) : NULL;
    if (*out == NULL)
        *out = "xl/workbook.xml";
    AB_VEC_FREE(&all);
    return status;
}

/* ---- The list of sheets ----------------------------------------------------------------------- */

static bool take_sheet(ab_workbook *from, const ab_xml *xml, const relations *all, ab_buf *text,
                       ab_xlsx_book *out)
{
    ab_xlsx_sheet *added = AB_PUSH(&out->sheet);
    if (added == NULL)
        return false;
    (void)ab__xml_attribute(xml, "name", text);
    added->name = ab__arena_text(from->work, ab__buf_text(text));
    (void)ab__xml_attribute(xml, "state", text);
    added->hidden = strstr(ab__buf_text(text), "idden") != NULL; /* hidden, veryHidden */
    (void)ab__xml_attribute(xml, "r:id", text);
    added->part = related(all, "worksheet", ab__buf_text(text));
    return !text->failed && added->name != NULL;
}

static ab_status read_list(ab_workbook *from, const char *name, const relations *all,
                           ab_xlsx_book *out)
{
    ab_buf bytes = AB_BUF_INIT, text = AB_BUF_INIT;
    bool there, kept = true;
    ab_status status = ab__workbook_part(from, name, &bytes, &there);
    ab_xml xml = ab__xml_start(&bytes);
    ab_xml_step step = AB_XML_END;

    while (status == AB_OK && kept && (step = ab__xml_next(&xml)) != AB_XML_END &&
           step != AB_XML_BAD) {
        if (step == AB_XML_OPEN && ab__xml_is(&xml, "sheet"))
            kept = take_sheet(from, &xml, all, &text, out);
        if (step == AB_XML_OPEN && ab__xml_is(&xml, "workbookPr") &&
            ab__xml_attribute(&xml, "date1904", &text))
            out->from_1904 =
                strcmp(ab__buf_text(&text), "1") == 0 || strcmp(ab__buf_text(&text), "true") == 0;
    }
    if (!kept)
        status = ab__workbook_no_memory(from);
    else if (status == AB_OK && step == AB_XML_BAD)
        status = ab__workbook_damaged(from, name);
    ab__buf_free(&bytes);
    ab__buf_free(&text);
    return status;
}

/* Reads the part of this kind, if there is one. */
static ab_status read_kind(ab_workbook *from, const relations *all, const char *kind,
                           ab_status (*read)(ab_workbook *, const ab_buf *, const char *,
                                             ab_xlsx_book *),
                           ab_xlsx_book *out)
{
    const char *name = related(all, kind, NULL);
    ab_buf bytes = AB_BUF_INIT;
    bool there = false;
    ab_status status = name != NULL ? ab__workbook_part(from, name, &bytes, &there) : AB_OK;

    if (status == AB_OK && there)
        status = read(from, &bytes, name, out);
    ab__buf_free(&bytes);
    return status;
}

ab_status ab__xlsx_parts(ab_workbook *from, const char *workbook_part, ab_xlsx_book *out)
{
    relations all = {0};

    *out = (ab_xlsx_book){.from_1904 = false};
    ab_status status = read_relations(from, workbook_part, &all);
    if (status == AB_OK)
        status = read_list(from, workbook_part, &all, out);
    if (status == AB_OK)
        status = read_kind(from, &all, "styles", read_styles, out);
    if (status == AB_OK)
        status = read_kind(from, &all, "sharedStrings", read_texts, out);
    AB_VEC_FREE(&all);
    return status;
}

void ab__xlsx_free(ab_xlsx_book *xlsx)
{
    AB_VEC_FREE(&xlsx->sheet);
    AB_VEC_FREE(&xlsx->text);
    AB_VEC_FREE(&xlsx->style);
}
