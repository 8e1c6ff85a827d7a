/* What each flaw means, for people and programs. */
#include "airbridge/report.h"
#include "base/json.h"
#include "report/severity.h"
#include "report/text.h"

enum { INDENT = 2, LINES_MOST = 20 };

static ab_status no_such(int32_t code, ab_error *err)
{
    return ab_fail(err, AB_USAGE, "there is no flaw AB%04d; `airbridge explain` lists all",
                   (int)code);
}

/* ---- For a terminal --------------------------------------------------------------------------- */

static void paragraph(ab_buf *out, const char *head, const char *text)
{
    ab__buf_printf(out, "\n%s\n  ", head);
    ab__text_wrap(out, text, AB_SCREEN_COLUMNS - INDENT, INDENT, LINES_MOST);
    ab__buf_char(out, '\n');
}

static const char *repair_of(const ab_explanation *of)
{
    return of->advice->repair[0] ? of->advice->repair : "Nothing: a person must decide.";
}

static void explain_one(ab_buf *out, const ab_explanation *of)
{
    ab__buf_printf(out, "AB%04d %s [%s]\n  ", (int)of->code, of->name,
                   ab__severity_word(of->severity));
    ab__text_wrap(out, of->meaning, AB_SCREEN_COLUMNS - INDENT, INDENT, LINES_MOST);
    ab__buf_char(out, '\n');
    paragraph(out, "Why it matters", of->advice->why);
    paragraph(out, "What to do", of->advice->what_to_do);
    paragraph(out, "Wrong", of->advice->wrong);
    paragraph(out, "Right", of->advice->right);
    paragraph(out, "What `airbridge check --fix` does", repair_of(of));
}

static void list_all(ab_buf *out)
{
    for (int32_t i = 0; i < ab_explanation_count(); i++) {
        const ab_explanation *of = ab_explanation_at(i);
        ab__buf_printf(out, "AB%04d %-7s ", (int)of->code, ab__severity_word(of->severity));
        ab__text_wrap(out, of->meaning, AB_SCREEN_COLUMNS - 15, 15, LINES_MOST);
        ab__buf_char(out, '\n');
    }
    ab__buf_add(out, "\n`airbridge explain CODE` tells more of each.\n");
}

ab_status ab_explain_print(FILE *out, int32_t code, ab_error *err)
{
    const ab_explanation *of = ab_issue_explain(code);
    ab_buf text = AB_BUF_INIT;

    if (code != 0 && !of)
        return no_such(code, err);
    if (of)
        explain_one(&text, of);
    else
        list_all(&text);
    return ab__text_end(out, &text, err);
}

/* ---- JSON ------------------------------------------------------------------------------------- */

static void member(ab_json *json, const char *key, const char *text)
{
    ab__json_key(json, key);
    ab__json_text(json, text);
}

static void explanation_object(ab_json *json, const ab_explanation *of)
{
    ab__json_object(json);
    ab__json_key(json, "code");
    ab__json_count(json, of->code);
    member(json, "name", of->name);
    member(json, "severity", ab__severity_word(of->severity));
    member(json, "meaning", of->meaning);
    member(json, "why", of->advice->why);
    member(json, "what_to_do", of->advice->what_to_do);
    member(json, "wrong", of->advice->wrong);
    member(json, "right", of->advice->right);
    member(json, "repair", of->advice->repair[0] ? of->advice->repair : NULL);
    ab__json_object_end(json);
}

ab_status ab_explain_json(FILE *out, int32_t code, ab_error *err)
{
    const ab_explanation *one = ab_issue_explain(code);
    ab_buf text = AB_BUF_INIT;
    ab_json json;

    if (code != 0 && !one)
        return no_such(code, err);
    ab__json_start(&json, &text);
    if (!one)
        ab__json_array(&json);
    for (int32_t i = 0; i < ab_explanation_count(); i++)
        if (!one || one == ab_explanation_at(i))
            explanation_object(&json, ab_explanation_at(i));
    if (!one)
        ab__json_array_end(&json);
    ab__buf_char(&text, '\n');
    return ab__text_end(out, &text, err);
}

/* ---- Markdown --------------------------------------------------------------------------------- */

/* Flaws of one hundred stand together: 1xx the container, 2xx cells, 3xx the operation. */
static const char *chapter(int32_t code)
{
    return code < 200   ? "The container and its text"
           : code < 300 ? "Header and cells"
                        : "The operation as a whole";
}

ab_status ab_explain_markdown(FILE *out, ab_error *err)
{
    ab_buf text = AB_BUF_INIT;

    ab__buf_add(&text,
                "# What a check can find\n\nMade by `airbridge explain --markdown` from "
                "`include/airbridge/issues.def` and `explain.def`.\nErrors stop a plan, warnings "
                "and notes do not.\n");
    for (int32_t i = 0; i < ab_explanation_count(); i++) {
        const ab_explanation *of = ab_explanation_at(i);
        if (i == 0 || of->code / 100 != ab_explanation_at(i - 1)->code / 100)
            ab__buf_printf(&text, "\n## %s\n", chapter(of->code));
        ab__buf_printf(&text, "\n### AB%04d: %s\n\n`%s`, %s.\n\n", (int)of->code, of->meaning,
                       of->name, ab__severity_word(of->severity));
        ab__buf_printf(&text, "%s\n\n**What to do.** %s\n\n", of->advice->why,
                       of->advice->what_to_do);
        ab__buf_printf(&text, "```text\nwrong: %s\nright: %s\n```\n", of->advice->wrong,
                       of->advice->right);
    }
    return ab__text_end(out, &text, err);
}
