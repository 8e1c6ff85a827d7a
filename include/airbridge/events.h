/* events: from an export of conflict events (ACLED, UCDP GED) to weak reports on the roads, places and hubs of an
 * operation. An event near a road is no word about the road: what it is worth is a stated guess, and its grades are low.
 * docs/models/events.md has the kernels. */
#ifndef AIRBRIDGE_EVENTS_H
#define AIRBRIDGE_EVENTS_H

#include "airbridge/operation.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum ab_events_layout {
    AB_EVENTS_ACLED,      /* a day each, with time_precision */
    AB_EVENTS_UCDP,       /* date_start to date_end */
    AB_EVENTS_UCDP_YEARS, /* a year each, and no day */
    AB_EVENTS_LAYOUTS
} ab_events_layout;

/* "ACLED", "UCDP GED", "UCDP GED, years only" */
AB_API const char *ab_events_layout_name(ab_events_layout layout);

/* What became of the events of an export; each is counted once among `told` to `weak`. */
typedef struct ab_events_tally {
    ab_events_layout layout;
    int64_t events;  /* all */
    int64_t told;    /* behind at least one report */
    int64_t outside; /* of another time than the operation's */
    int64_t silent;  /* of a kind that says nothing of a road, as an agreement */
    int64_t vague;   /* whose place is known no better than as a part of a country */
    int64_t far;     /* near nothing of the operation */
    int64_t weak;    /* near, but too weak for a report */
    int64_t spread;  /* of all: over more than a month, so hardly a weight on any one day */
    int64_t reports;
    int64_t unknown; /* reports that those who plan cannot know (ab_known_at): of a time after now or the end */
    int64_t before;  /* rows of `access` from an earlier import of such an export */
} ab_events_tally;

typedef struct ab_events ab_events;

/* Reads `sheet`, an export with its columns as they are called there (docs/manual/import-events.md), and weighs it on the
 * roads, places and hubs of `op`, which must outlive the result. `now`, or the operation's own now (as_of, else its start) where that is later: no
 * event is dated after it. Fails with FLAWED where
 * it is no such export or has flaws, all of which go to `issues`, and NO_MEMORY. Freed with ab_events_free. */
AB_API ab_status ab_events_make(const ab_operation *op, const ab_sheet *sheet, ab_time now, ab_events **out,
                                ab_issues *issues, ab_error *err);
AB_API void ab_events_free(ab_events *events);

/* Rows for the table `access`: roads, places, hubs in the order of their rows; of each those of days, of weeks, of months,
 * and rates, by time. */
AB_API const ab_report *ab_events_reports(const ab_events *events, int32_t *count);
AB_API ab_events_tally ab_events_tally_of(const ab_events *events);

#ifdef __cplusplus
}
#endif
#endif
