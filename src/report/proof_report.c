/* What was proved of a result, for people and programs. */
#include <math.h>
#include <string.h>

#include "airbridge/report.h"
#include "base/json.h"
#include "base/number.h"
#include "base/text.h"
#include "report/issues_report.h"
#include "report/text.h"

enum { NAME_WIDTH = 18, COUNT_WIDTH = 10, TIGHT_WIDTH = 12, LINE_WIDTH = 78 };

static void left(ab_buf *out, const char *text, int width)
{
    ab__buf_add(out, text);
    for (int i = ab__text_width(text); i < width; i++)
        ab__buf_char(out, ' ');
}

static void right(ab_buf *out, const char *text, int width)
{
    for (int i = ab__text_width(text); i < width; i++)
        ab__buf_char(out, ' ');
    ab__buf_add(out, text);
}

static void count(ab_buf *out, int64_t value, int width)
{
    char number[AB_NUMBER_CAP];

    right(out, ab__number_people((double)value, 0, number), width);
}

/* "98.2 %" of what is allowed, or the greatest difference; "" where there is none. */
static void tightest(ab_buf *out, const ab_rule_account *rule)
{
    char number[AB_NUMBER_CAP], words[AB_NUMBER_CAP + 8] = "";

    if (!isnan(rule->tightest_frac) && rule->form == AB_RULE_LIMIT) {
        strcat(strcpy(words, ab__number_people(100 * rule->tightest_frac, 1, number)), " %");
    } else if (!isnan(rule->tightest_frac)) {
        strcat(strcpy(words, "± "), ab__number_format_n(rule->tightest_frac, 1, number));
    }
    if (words[0])
        right(out, words, TIGHT_WIDTH);
}

static void rule_line(ab_buf *out, const ab_rule_account *rule)
{
    left(out, rule->name, NAME_WIDTH);
    count(out, rule->checked, COUNT_WIDTH);
    count(out, rule->broken, COUNT_WIDTH);
    tightest(out, rule);
    ab__buf_char(out, '\n');
}

static void violation_line(ab_buf *out, const ab_proof *proof, const ab_violation *violation)
{
    char when[AB_TIME_TEXT_CAP];

    ab__buf_printf(out, "%s: %s", proof->rule[violation->rule].name, violation->rows);
    if (violation->at != AB_TIME_NONE)
        ab__buf_printf(out, "%s%s", violation->rows[0] ? "; " : "", ab_time_format(violation->at, when));
    ab__buf_add(out, ": found ");
    ab__text_plain(out, violation->found);
    ab__buf_add(out, ", should be ");
    ab__text_plain(out, violation->allowed);
    ab__buf_char(out, '\n');
}

/* A sentence in lines of a terminal, those after the first set in. */
static void paragraph(ab_buf *out, const char *text)
{
    int at = 0;

    for (const char *word = text; *word;) {
        size_t size = strcspn(word, " ");
        if (at > 0 && at + 1 + (int)size > LINE_WIDTH) {
            ab__buf_add(out, "\n");
            at = 0;
        }
        ab__buf_add(out, at > 0 ? " " : word == text ? "- " : "  ");
        ab__buf_add_n(out, word, size);
        at += (at > 0 ? 1 : 2) + (int)size;
        word += size + strspn(word + size, " ");
    }
    ab__buf_char(out, '\n');
}

static void rules_table(ab_buf *out, const ab_proof *proof)
{
    left(out, "rule", NAME_WIDTH);
    right(out, "checked", COUNT_WIDTH);
    right(out, "broken", COUNT_WIDTH);
    right(out, "tightest", TIGHT_WIDTH);
    ab__buf_char(out, '\n');
    for (int32_t i = 0; i < proof->rule_count; i++)
        rule_line(out, &proof->rule[i]);
}

static int64_t comparisons(const ab_proof *proof)
{
    int64_t all = 0;

    for (int32_t i = 0; i < proof->rule_count; i++)
        all += proof->rule[i].checked;
    return all;
}

ab_status ab_proof_print(FILE *out, const ab_proof *proof, ab_error *err)
{
    ab_buf text = AB_BUF_INIT;

    for (int32_t i = 0; i < proof->violation_count; i++)
        violation_line(&text, proof, &proof->violation[i]);
    if (proof->broken > proof->violation_count)
        ab__buf_printf(&text, "… and %lld more that are not shown\n", (long long)(proof->broken - proof->violation_count));
    rules_table(&text, proof);
    ab__buf_add(&text, "\nNot proved:\n");
    for (int32_t i = 0; i < proof->unproved_count; i++)
        paragraph(&text, proof->unproved[i]);
    ab__buf_char(&text, '\n');
    count(&text, comparisons(proof), 0);
    ab__buf_printf(&text, " comparisons, ");
    count(&text, proof->broken, 0);
    ab__buf_add(&text, proof->broken ? " broken: this is not a plan to go by\n" : " broken: the result holds\n");
    return ab__text_end(out, &text, err);
}

/* ---- JSON ---- */

static void rule_object(ab_json *json, const ab_rule_account *rule)
{
    static const char *const forms[] = {[AB_RULE_LIMIT] = "limit", [AB_RULE_EQUAL] = "equal", [AB_RULE_FACT] = "fact"};
    bool limit = rule->form == AB_RULE_LIMIT;

    ab__json_object(json);
    ab__json_key(json, "rule");
    ab__json_text(json, rule->name);
    ab__json_key(json, "meaning");
    ab__json_text(json, rule->meaning);
    ab__json_key(json, "form");
    ab__json_text(json, forms[rule->form]);
    ab__json_key(json, "checked");
    ab__json_count(json, rule->checked);
    ab__json_key(json, "broken");
    ab__json_count(json, rule->broken);
    ab__json_key(json, "tightest_frac");
    ab__json_number(json, limit ? rule->tightest_frac : NAN);
    ab__json_key(json, "greatest_difference_frac");
    ab__json_number(json, limit ? NAN : rule->tightest_frac);
    ab__json_object_end(json);
}

static void violation_object(ab_json *json, const ab_proof *proof, const ab_violation *violation)
{
    char when[AB_TIME_TEXT_CAP];

    ab__json_object(json);
    ab__json_key(json, "rule");
    ab__json_text(json, proof->rule[violation->rule].name);
    ab__json_key(json, "rows");
    ab__json_text(json, violation->rows);
    ab__json_key(json, "at");
    ab__json_text(json, violation->at == AB_TIME_NONE ? NULL : ab_time_format(violation->at, when));
    ab__json_key(json, "found");
    ab__json_text(json, violation->found);
    ab__json_key(json, "should_be");
    ab__json_text(json, violation->allowed);
    ab__json_object_end(json);
}

static void proof_members(ab_json *json, const ab_proof *proof)
{
    ab__json_key(json, "proved");
    ab__json_bool(json, proof->broken == 0);
    ab__json_key(json, "comparisons");
    ab__json_count(json, comparisons(proof));
    ab__json_key(json, "broken");
    ab__json_count(json, proof->broken);
    ab__json_key(json, "rules");
    ab__json_array(json);
    for (int32_t i = 0; i < proof->rule_count; i++)
        rule_object(json, &proof->rule[i]);
    ab__json_array_end(json);
    ab__json_key(json, "violations");
    ab__json_array(json);
    for (int32_t i = 0; i < proof->violation_count; i++)
        violation_object(json, proof, &proof->violation[i]);
    ab__json_array_end(json);
    ab__json_key(json, "not_proved");
    ab__json_array(json);
    for (int32_t i = 0; i < proof->unproved_count; i++)
        ab__json_text(json, proof->unproved[i]);
    ab__json_array_end(json);
}

ab_status ab_proof_json(FILE *out, const ab_proof *proof, ab_issues *issues, ab_error *err)
{
    ab_buf text = AB_BUF_INIT;
    ab_json json;

    ab__json_start(&json, &text);
    ab__json_object(&json);
    ab__json_key(&json, "input");
    ab__issues_object(&json, issues);
    proof_members(&json, proof);
    ab__json_object_end(&json);
    ab__buf_char(&text, '\n');
    return ab__text_end(out, &text, err);
}
