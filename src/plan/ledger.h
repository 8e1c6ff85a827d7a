/* What the limits still leave while a plan is made, vehicle after vehicle. */
#ifndef PLAN_LEDGER_H
#define PLAN_LEDGER_H

#include "plan/model.h"

/* Slack of a limit below which it counts as kept. */
#define AB_KEPT 1e-7

/* What a row is to a plan that is made so. */
typedef enum ab_ledger_part {
    AB_LEDGER_OPEN,    /* no limit here: what is eaten and owed, what a vehicle holds, what is looked at in another way */
    AB_LEDGER_SIMPLE,  /* at most so much of vehicles, containers and loads */
    AB_LEDGER_STOCK,   /* what leaves a hub */
    AB_LEDGER_RUNNING, /* a running total */
    AB_LEDGER_CONVOY,  /* vehicles of a convoy, of which there may be one more */
    AB_LEDGER_BEYOND   /* of columns of which no account is kept */
} ab_ledger_part;

typedef struct ab_ledger_row {
    double hi, activity;
    double brought;    /* by a trip that is looked at */
    int32_t index;     /* convoy or running total */
    char part;         /* ab_ledger_part */
    char touched;      /* 1: by that trip */
} ab_ledger_row;

typedef struct ab_ledger {
    ab_model *model;
    double *x;           /* [cols] the plan */
    ab_ledger_row *row;  /* [rows] */
    int32_t *touched;    /* [rows] those that the trip brings something to */
    int32_t touched_count;
    double *total;       /* [running] */
    double *at_hub_t;    /* [(hub * commodities + commodity) * periods + t] what lies there at the end of t */
    double *spare_t;     /* [as at_hub_t] what may still leave the hub in t: the least that lies there from then on */
} ab_ledger;

/* Of a plan that does nothing; `x` is zeroed. False: out of memory, which is the model's arena's. */
bool ab__ledger_open(ab_ledger *ledger, ab_model *model, double *x);

/* Does every limit stay kept with one more of the column alone? Where a convoy is full and another may go, it does
 * if that one's rows are kept. */
bool ab__ledger_allows_one(const ab_ledger *ledger, int32_t col);
/* The same of several columns: first each is brought; the question forgets them. */
void ab__ledger_bring(ab_ledger *ledger, int32_t col, double more);
bool ab__ledger_allows(ab_ledger *ledger);
/* Units of the column that the simple limits leave, but for the budget; `most` if that is less. */
double ab__ledger_leaves(const ab_ledger *ledger, int32_t col, double most);
/* Enters it. A convoy that is full then gets another. */
void ab__ledger_add(ab_ledger *ledger, int32_t col, double more);

/* Tonnes of the commodity that may still leave the hub in t. */
static inline double ab__ledger_spare_t(const ab_ledger *ledger, int32_t hub, int32_t commodity, int32_t t)
{
    return ledger->spare_t[((int64_t)hub * ledger->model->commodities + commodity) * ledger->model->periods + t];
}
/* `mass_t` leave it in t; below 0: they come. */
void ab__ledger_take_stock(ab_ledger *ledger, int32_t hub, int32_t commodity, int32_t t, double mass_t);

#endif
