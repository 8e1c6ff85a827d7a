/* A plan as made, and drafts of it that a test may change: rows of the result and of the operation. */
#ifndef TESTS_VERIFY_DRAFT_H
#define TESTS_VERIFY_DRAFT_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "airbridge/airbridge.h"
#include "base/arena.h"
#include "support/small.h"

enum { SPARE_ROWS = 64 };

/* An operation and its rows without their names, as ab_operation_data finds them (model/operation.c). */
typedef struct whole_op {
    ab_operation op;
    ab_rows rows[AB_INPUT_TABLES];
    ab_settings settings;
} whole_op;

typedef struct planned {
    const char *name;
    ab_operation *read;
    whole_op whole; /* as read, with settings of its own */
    ab_result *result;
    ab_data data;
} planned;

typedef struct draft {
    ab_arena *arena;
    whole_op whole;
    ab_rows rows[AB_RESULT_TABLES];
    ab_data data;
    uint64_t random;
} draft;

/* ---- Plans ---- */

/* Makes both ways to the rows lead to the same. */
static inline void settle_rows(whole_op *whole)
{
    whole->op.settings = &whole->settings;
#define AB_TABLE(table, row, ...) whole->rows[AB_TABLE_##table] = (ab_rows){whole->op.table.at, whole->op.table.count};
#define AB_COLUMN(...)
#define AB_TABLE_END(table, row)
#include "airbridge/tables.def"
#undef AB_TABLE
#undef AB_COLUMN
#undef AB_TABLE_END
    whole->rows[AB_TABLE_operation] = (ab_rows){&whole->settings, 1};
}

static inline whole_op copy_op(const ab_operation *op, const ab_settings *settings)
{
    return (whole_op){.op = *op, .settings = *settings};
}

/* Plans the operation; its settings may be changed before by `change`. */
static inline void plan_it(planned *p, void (*change)(ab_settings *))
{
    ab_plan_options options = AB_PLAN_OPTIONS_INIT;
    ab_error err = AB_ERROR_INIT;

    p->whole = copy_op(p->read, p->read->settings);
    if (change)
        change(&p->whole.settings);
    settle_rows(&p->whole);
    ab_status status = ab_flow_plan(&p->whole.op, &options, &p->result, &err);
    if (status != AB_OK && status != AB_INFEASIBLE)
        fail_msg("%s: %s", p->name, err.message);
    p->data = ab_result_data(p->result);
}

static inline void read_example(planned *p, const char *name)
{
    char path[1024];
    ab_book *book = NULL;
    ab_error err = AB_ERROR_INIT;
    ab_issues *issues = ab_issues_new(0);

    p->name = name;
    snprintf(path, sizeof path, "%s/examples/%s", getenv("SOURCE_DIR"), name);
    if (ab_book_read(path, NULL, &book, issues, &err) != AB_OK || ab_operation_read(book, &p->read, issues, &err) != AB_OK)
        fail_msg("%s cannot be read: %s", path, err.message);
    ab_book_free(book);
    ab_issues_free(issues);
}

static inline void free_planned(planned *p)
{
    ab_result_free(p->result);
    ab_operation_free(p->read);
    *p = (planned){0};
}

/* ---- Drafts ---- */

/* A copy of the rows with some to spare behind them. */
static inline void *copy_rows(ab_arena *arena, const void *at, int32_t count, size_t size)
{
    void *copy = ab__arena_array(arena, (size_t)(count + SPARE_ROWS), size);

    assert_non_null(copy);
    if (count)
        memcpy(copy, at, (size_t)count * size);
    return copy;
}

static inline void make_draft(draft *d, const planned *p, uint64_t seed)
{
    *d = (draft){.arena = ab__arena_new(), .whole = copy_op(&p->whole.op, &p->whole.settings), .random = seed};
    assert_non_null(d->arena);
    settle_rows(&d->whole);
    for (int i = 0; i < AB_RESULT_TABLES; i++) {
        size_t size = p->data.schema->tables[i].row_size;
        d->rows[i] =
            (ab_rows){copy_rows(d->arena, p->data.rows[i].at, p->data.rows[i].count, size), p->data.rows[i].count};
    }
}

static inline void free_draft(draft *d)
{
    ab__arena_free(d->arena);
}

/* Rows of a result table, to change. */
#define ROWS(d, table, row) ((ab_##row *)(uintptr_t)(d)->rows[AB_TABLE_##table].at)
#define COUNT(d, table) ((d)->rows[AB_TABLE_##table].count)
/* Rows of an input table, to change: a copy. */
#define INPUT(d, table, row)                                                                                      \
    ((ab_##row *)((d)->whole.op.table.at = copy_rows((d)->arena, (d)->whole.op.table.at, (d)->whole.op.table.count, sizeof(ab_##row)), \
                  (uintptr_t)(d)->whole.op.table.at))

/* SplitMix64: the same draws on every machine. */
static inline uint64_t next_random(draft *d)
{
    uint64_t z = (d->random += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* 0 to count - 1. */
static inline int32_t any_of(draft *d, int32_t count)
{
    return (int32_t)(next_random(d) % (uint64_t)count);
}

static inline void remove_row(draft *d, int table, int32_t row)
{
    size_t size = ab_result_schema()->tables[table].row_size;
    char *at = (char *)(uintptr_t)d->rows[table].at;

    memmove(at + (size_t)row * size, at + (size_t)(row + 1) * size, (size_t)(d->rows[table].count - row - 1) * size);
    d->rows[table].count--;
}

/* ---- Proofs ---- */

static inline ab_proof *prove_draft(draft *d)
{
    ab_proof *proof = NULL;
    ab_error err = AB_ERROR_INIT;

    settle_rows(&d->whole);
    d->data = (ab_data){ab_result_schema(), d->rows};
    if (ab_verify(&d->whole.op, &d->data, &proof, &err) != AB_OK)
        fail_msg("%s", err.message);
    return proof;
}

static inline const ab_rule_account *account_of(const ab_proof *proof, const char *rule)
{
    for (int32_t i = 0; i < proof->rule_count; i++)
        if (strcmp(proof->rule[i].name, rule) == 0)
            return &proof->rule[i];
    fail_msg("no rule is called %s", rule);
    return NULL;
}

static inline void print_violations(const ab_proof *proof)
{
    for (int32_t i = 0; i < proof->violation_count && i < 20; i++)
        print_message("  %s: %s: found %s, should be %s\n", proof->rule[proof->violation[i].rule].name,
                      proof->violation[i].rows, proof->violation[i].found, proof->violation[i].allowed);
}

/* Breaks nothing. */
static inline void accept_draft(draft *d, const char *name)
{
    ab_proof *proof = prove_draft(d);

    if (proof->broken) {
        print_violations(proof);
        fail_msg("%s: %lld rules are broken", name, (long long)proof->broken);
    }
    ab_proof_free(proof);
}

/* Is `rule` broken, whatever else? Says so where it is not. */
static inline bool refuses_draft(draft *d, const char *rule, const char *name)
{
    ab_proof *proof = prove_draft(d);
    bool refused = account_of(proof, rule)->broken > 0;

    if (!refused) {
        print_message("%s passes the rule of %s; broken are:\n", name, rule);
        print_violations(proof);
    }
    ab_proof_free(proof);
    return refused;
}

#endif
