/* What a CREATE TABLE says, as far as it matters to one who only reads the table. */
#ifndef IO_SQL_WORDS_H
#define IO_SQL_WORDS_H

typedef enum ab_sql_kind {
    AB_SQL_PLAIN,
    AB_SQL_COMPUTED,  /* it has a generated column */
    AB_SQL_MAP_INDEX, /* CREATE VIRTUAL TABLE … USING rtree */
    AB_SQL_VIRTUAL,   /* any other virtual table */
    AB_SQL_OTHER      /* no CREATE TABLE */
} ab_sql_kind;

/* Comments, texts and quoted names are passed over: they compute nothing. */
ab_sql_kind ab__sql_table_kind(const char *sql);

#endif
