/* Small operations for tests: written down in the test, or read from a folder of plain CSV files. */
#ifndef TESTS_SMALL_H
#define TESTS_SMALL_H

#include "airbridge/operation.h"

/* Tables as CSV without line breaks in cells, each under a line `[name]`:
 *     "[places]\nid,lon_deg,…\nupper,36.7,…\n[roads]\n…"
 * Required tables that are not written get one plain row: commodity `flour` (3500 kcal/kg), hub `hub` at
 * 36 E 34 N, stock, place `town` at 36.5 E 34 N with 1,000 people, vehicle `truck`; the operation is ten
 * days from 2030-03-01. Fails the test, with the issues, if it does not read. */
ab_operation *small_operation(const char *tables);

/* The folder `mini` of the shared data, or NULL with a printed reason where it is not there. */
ab_operation *small_mini(void);

/* Row number by id. Fails the test if there is none. */
int32_t small_row(const ab_operation *op, ab_input_table table, const char *id);

/* As `small_operation`, with `old` replaced by `new` wherever it stands. */
ab_operation *small_changed(const char *tables, const char *old, const char *new);

/* Fails the test unless the two differ by 1e-9 of `expected`, or of 1, at most. */
void small_near(double found, double expected);

#endif
