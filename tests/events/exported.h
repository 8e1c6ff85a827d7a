/* Exports of events for tests, from their text. */
#ifndef TESTS_EVENTS_EXPORTED_H
#define TESTS_EVENTS_EXPORTED_H

#include <string.h>

#include "airbridge/events.h"
#include "io/csv.h"
#include "schema/book.h"

#define ACLED "event_id_cnty,event_date,time_precision,event_type,sub_event_type,latitude,longitude,geo_precision\n"
#define UCDP "id,date_start,date_end,date_prec,where_prec,latitude,longitude,type_of_violence,low,best,high\n"
#define YEARS "id,year,where_prec,latitude,longitude\n"

/* Noon of 1 April 2030, after all that small operations plan. */
#define EXPORTED_NOW ((ab_time)1901275200)

static inline ab_book *exported(const char *csv)
{
    ab_book *book = ab__book_new();
    ab_issues *issues = ab_issues_new(0);
    ab_error err = AB_ERROR_INIT;

    assert_non_null(book);
    assert_non_null(issues);
    assert_int_equal(ab__csv_read_bytes(csv, strlen(csv), "events", "events.csv", book, issues, &err), AB_OK);
    assert_int_equal(ab_issues_count(issues), 0);
    ab_issues_free(issues);
    return book;
}

#endif
