/* A complete small operation, made up: rows of every table. */
#ifndef TESTS_MODEL_MINI_H
#define TESTS_MODEL_MINI_H

#include "airbridge/operation.h"
#include "schema/help.h"

/* A table as text: see add_sheet. */
typedef struct table_text {
    const char *name;
    const char *text;
} table_text;

enum { MINI_TABLES = 18 };
static const table_text mini[MINI_TABLES] = {
    {"operation", "key|value\n"
                  "schema_version|1\n"
                  "name|Mini: a made-up valley\n"
                  "start|2030-03-01T00:00Z\n"
                  "end|2030-03-11T00:00Z\n"
                  "period_h|24\n"
                  "utc_offset_h|3\n"
                  "seed|1\n"
                  "currency|USD\n"
                  "least_arrival_prob|0.2\n"
                  "greatest_attack_prob|0.05\n"
                  "greatest_harm_per_sortie|0.01\n"},
    {"commodities",
     "id|name|category|need_kg_per_person_day|kcal_per_kg|protein_g_per_kg|fat_g_per_kg|group|package_kg|package_m3|usd_per_t|drop|serves_people|serves_days|source\n"
     "flour|Wheat flour|food|0.40|3500|115|15|cereal|50|0.075|450|free; hv; lv|||assumed\n"
     "lentils|Lentils|food|0.06|3400|200|6|pulse|50|0.07|900|free; hv; lv|||assumed\n"
     "oil|Vegetable oil|food|0.03|8850|0|1000|fat|20|0.025|1300|lv|||assumed\n"
     "kit|Emergency health kit, basic unit|medical||||||45|0.2|12000|lv|1000|90|assumed\n"},
    {"hubs",
     "id|name|kind|lon_deg|lat_deg|elev_msl_m|runway_m|runway_surface|throughput_t_per_day|parking|fuel|opens|closes|source\n"
     "port|Port|port|36.000|34.500|5|||400||yes|06:00|20:00|made up\n"
     "field|Airfield|airfield|36.900|33.900|640|2800|asphalt|150|2|yes|05:00|19:00|made up\n"},
    {"links",
     "id|from_hub|to_hub|mode|distance_km|duration_h|capacity_t_per_day|crossload_h|customs_h|mandate_until|source\n"
     "l1|port|field|road|120|4|200|2|0||made up\n"},
    {"stocks", "hub|commodity|mass_t|available_from|certainty_prob|source\n"
               "port|flour|300|2030-03-01T00:00Z|1|made up\n"
               "port|lentils|60|2030-03-01T00:00Z|1|made up\n"
               "port|oil|40|2030-03-04T00:00Z|0.8|made up\n"
               "field|flour|60|2030-03-01T00:00Z|1|made up\n"
               "field|lentils|20|2030-03-01T00:00Z|1|made up\n"
               "field|kit|0.9|2030-03-01T00:00Z|1|made up\n"},
    {"places",
     "id|pcode|name|lon_deg|lat_deg|elev_msl_m|population|population_low|population_high|cut_off_since|stock_days|handling_t_per_day|runway_m|source\n"
     "upper|XX0101|Upper town|36.700|34.300|900|42000|38000|45000|2029-10-01|2|120||made up\n"
     "ridge|XX0102|Ridge villages|37.200|34.100|1350|9000|6000|12000|2029-12-15|0|10||made up\n"
     "plain|XX0103|Plain city|38.400|34.200|250|110000|90000|150000|2029-05-01|5|200||made up\n"},
    {"dropzones",
     "id|place|wkt|surface|controller|recovered_frac|elev_msl_m|source\n"
     "plain-east|plain|POLYGON((38.42 34.18,38.46 34.18,38.46 34.21,38.42 34.21,38.42 34.18))|steppe|yes|0.95|248|made up\n"
     "ridge-saddle|ridge|POLYGON((37.195 34.096,37.203 34.096,37.203 34.101,37.195 34.101,37.195 34.096))|meadow|yes|0.9|1340|made up\n"},
    {"exclusions",
     "id|kind|wkt|cost|source\n"
     "line|held by others|POLYGON((38.50 34.10,38.70 34.10,38.70 34.30,38.50 34.30,38.50 34.10))|2|made up\n"
     "town|built-up|POLYGON((38.36 34.18,38.41 34.18,38.41 34.22,38.36 34.22,38.36 34.18))|20|made up\n"},
    {"vehicles",
     "id|name|mode|count|base|payload_t|payload_m3|pallets|payload_full_range_km|ferry_range_km|speed_km_h|fixed_usd_per_day|usd_per_h|turnround_h|duty_h_per_day|sorties_per_day|convoy_max|runway_needed_m|drop_speed_km_h|exit_interval_s|source\n"
     "truck|Truck, 20 t|road|30|port|13|60||||30|150|25|3|14|1|25||||assumed\n"
     "il76|Il-76|air|1|field|36|180|26|3600|7800|750|0|9000|3|12|2||2000|320|0.8|assumed\n"
     "heli|Mi-8|helicopter|2|field|2|15||250|480|210|0|3500|0.7|8|4|||||assumed\n"},
    {"dropsystems",
     "id|name|kind|load_min_kg|load_max_kg|canopy|drag_area_m2|drag_area_sd_frac|bare_drag_area_m2|fill_time_s|opening_delay_s|drops_observed|failures_observed|release_min_agl_m|release_max_agl_m|airspeed_max_km_h|canopies_in_stock|rigged_per_day|usd_each|source\n"
     "hv|High-velocity container, 26 ft ringslot|hv|300|1000|ringslot|25|0.07|1.5|1.5|1.0|60|2|300|7600|280|200|40|300|airdrop.md\n"
     "lv|Low-velocity container, G-12|lv|230|1000|flat circular|220|0.07|1.5|2.6|1.0|488|0|170|3000|280|60|20|1500|airdrop.md\n"
     "bags|Free-dropped sacks|free|40|55|none|0.35|0.2|0.35|0|0|||180|320|320||400|2|airdrop.md\n"},
    {"roads", "id|wkt|class|speed_km_h|capacity_t_per_day|oneway|source\n"
              "r1|LINESTRING(36.000 34.500,36.35 34.42,36.700 34.300)|primary|50||no|made up\n"
              "r2|LINESTRING(36.700 34.300,36.95 34.22,37.200 34.100)|track|15|60|no|made up\n"
              "r3|LINESTRING(36.700 34.300,37.60 34.25,38.400 34.200)|primary|50||no|made up\n"
              "r4|LINESTRING(36.000 34.500,36.50 34.15,36.900 33.900)|primary|60||no|made up\n"},
    {"access",
     "id|subject|mode|commodities|state|from|until|reported_at|reported_by|reliability|credibility|quotes|note|source\n"
     "a1|road:r3|road||closed|2030-02-20T00:00Z||2030-02-20T10:00Z|local council|B|2||bridge down|made up\n"
     "a2|road:r3|road||open|2030-03-02T00:00Z||2030-03-02T18:00Z|party A|D|4||denies the closure|made up\n"
     "a3|place:upper|road|medical|restricted|2030-02-01T00:00Z||2030-02-25T09:00Z|convoy leader|A|1||surgical items removed at the last checkpoint|made up\n"},
    {"agreements",
     "id|name|kind|parties|subjects|mode|commodities|from|until|daily_from|daily_until|notice_h|quota_trips_per_day|quota_t_per_day|hold_prob_per_day|link_group|link_people_ratio|source\n"
     "g1|Valley truce|ceasefire|A; B|place:upper; place:ridge|road||2030-03-03T00:00Z|2030-03-09T00:00Z|07:00|17:00|48|20||0.93|||made up\n"
     "g2|Air corridor|clearance|A|place:plain|air||2030-03-02T00:00Z|2030-03-11T00:00Z|04:00|16:00|24|2||0.97|||made up\n"
     "g3|Paired convoys, upper|corridor|A; B|place:upper|road||2030-03-03T00:00Z|2030-03-09T00:00Z|||48||||pair|3|made up\n"
     "g4|Paired convoys, ridge|corridor|A; B|place:ridge|road||2030-03-03T00:00Z|2030-03-09T00:00Z|||48||||pair|1|made up\n"},
    {"requests",
     "id|asked_at|asked_of|place|commodities|people|reply_due|reply|reply_at|conditions|valid_from|valid_until|source\n"
     "q1|2030-02-20T08:00Z|A|upper|food; medical|42000|2030-02-27T08:00Z|approved|2030-02-26T12:00Z|no surgical items|2030-03-03T00:00Z|2030-03-09T00:00Z|made up\n"
     "q2|2030-02-20T08:00Z|A|plain|food|110000|2030-03-07T08:00Z||||||made up\n"},
    {"commitments",
     "id|lock|state|date|vehicle|hub|place|commodity|mass_t|trips|decided_by|reason\n"
     "c1|fixed|approved|2030-03-04|truck|port|upper|flour|65|5|head of logistics|first convoy of the truce\n"},
    {"movements",
     "id|commitment|date|hub|place|vehicle|commodity|loaded_t|removed_t|offloaded_t|returned_t|lost_t|stopped_at|gatekeeper|people_hurt|source\n"
     "m1||2030-02-10|port|upper|truck|flour|60|0|60|0|0|||0|made up\n"
     "m2||2030-02-17|port|upper|truck|kit|0.45|0.3|0|0.15|0|last checkpoint|A|0|made up\n"},
    {"wind",
     "valid_at|issued_at|kind|lon_deg|lat_deg|height_msl_m|wind_e_mps|wind_n_mps|temp_k|pressure_pa|source\n"
     "2030-03-04T06:00Z|2030-03-03T18:00Z|assumed|38.4|34.2|250|3|1|||made up\n"
     "2030-03-04T06:00Z|2030-03-03T18:00Z|assumed|38.4|34.2|1000|6|2|||made up\n"
     "2030-03-04T06:00Z|2030-03-03T18:00Z|assumed|38.4|34.2|2000|9|2|||made up\n"
     "2030-03-04T06:00Z|2030-03-03T18:00Z|assumed|38.4|34.2|3000|12|1|||made up\n"
     "2030-03-04T06:00Z|2030-03-03T18:00Z|assumed|38.4|34.2|5000|18|0|||made up\n"
     "2030-03-04T06:00Z|2030-03-03T18:00Z|assumed|38.4|34.2|7500|26|-2|||made up\n"},
    {"options", "id|name|modes|agreements|vehicles|budget_usd|note\n"
                "road|Convoys only|road|all|all||\n"
                "air|Air only|air; helicopter|all|all||\n"
                "notruce|All means, no truce|all|not g1; not g3; not g4|all||\n"},
};

/* What was read, until `forget_operation`. */
typedef struct read_operation {
    ab_operation *op; /* NULL: flawed */
    ab_issues *issues;
    ab_status status;
} read_operation;

static inline void forget_operation(read_operation *of)
{
    ab_operation_free(of->op);
    ab_issues_free(of->issues);
}

static inline read_operation read_sheets(const ab_book *book)
{
    ab_error err = AB_ERROR_INIT;
    read_operation of = {.issues = ab_issues_new(0)};
    assert_non_null(of.issues);
    of.status = ab_operation_read(book, &of.op, of.issues, &err);
    assert_int_equal(of.op == NULL, of.status != AB_OK);
    assert_int_equal(err.status, of.status);
    assert_int_equal(ab_issues_of(of.issues, AB_ERROR_FLAW) > 0, of.status == AB_FLAWED);
    return of;
}

/* The book of mini with these tables in place of its own; text NULL: without the table. */
static inline ab_book *mini_book(const table_text *others, int count)
{
    ab_book *book = ab__book_new();
    for (int i = 0; i < MINI_TABLES; i++) {
        const char *text = mini[i].text;
        for (int j = 0; j < count; j++)
            if (strcmp(others[j].name, mini[i].name) == 0)
                text = others[j].text;
        if (text != NULL)
            add_sheet(book, mini[i].name, text);
    }
    return book;
}

static inline read_operation read_mini(const table_text *others, int count)
{
    ab_book *book = mini_book(others, count);
    read_operation of = read_sheets(book);
    ab_book_free(book); /* the operation does not need it */
    return of;
}

/* With one table replaced. */
static inline read_operation read_mini_with(const char *name, const char *text)
{
    return read_mini(&(table_text){name, text}, 1);
}

/* Puts `text` into the cell of `column` on line `line` of a table of `book`. */
static inline void put_cell(ab_book *book, const char *table, int line, const char *column,
                            const char *text)
{
    const ab_sheet *sheet = ab_book_find(book, table);
    assert_non_null(sheet);
    for (int32_t c = 0; c < sheet->column_count; c++)
        for (int64_t r = 0; r < sheet->row_count; r++)
            if (sheet->line[r] == line && strcmp(sheet->header[c], column) == 0) {
                ((const char **)sheet->cells)[r * sheet->column_count + c] = text;
                return;
            }
    fail_msg("%s has no line %d or no column %s", table, line, column);
}

/* Mini with one cell replaced. */
static inline read_operation read_mini_cell(const char *table, int line, const char *column,
                                            const char *text)
{
    ab_book *book = mini_book(NULL, 0);
    put_cell(book, table, line, column, text);
    read_operation of = read_sheets(book);
    ab_book_free(book);
    return of;
}

/* That mini with this cell has one issue: of this code, at that line and column. */
static inline void assert_cell_flaw(const char *table, int line, const char *column,
                                    const char *text, int32_t code, const char *hint)
{
    read_operation of = read_mini_cell(table, line, column, text);
    if (ab_issues_count(of.issues) != 1 || ab_issues_at(of.issues, 0)->code != code) {
        print_issues(of.issues);
        fail_msg("%s:%d %s \"%s\" is not the one flaw %d", table, line, column, text, (int)code);
    }
    const ab_issue *issue = ab_issues_at(of.issues, 0);
    assert_int_equal(issue->line, line);
    assert_string_equal(issue->column, column);
    assert_string_equal(issue->hint, hint);
    forget_operation(&of);
}

static inline void assert_cell_sound(const char *table, int line, const char *column,
                                     const char *text)
{
    read_operation of = read_mini_cell(table, line, column, text);
    assert_silent(of.issues);
    forget_operation(&of);
}

/* That mini with this table has this flaw, and no other issue. */
static inline void assert_mini_flaw(const char *table, const char *text, int32_t code,
                                    const char *message)
{
    read_operation of = read_mini_with(table, text);
    assert_says(of.issues, code, message);
    assert_int_equal(ab_issues_count(of.issues), 1);
    forget_operation(&of);
}

/* That nothing is said of mini with this table. */
static inline void assert_mini_sound(const char *table, const char *text)
{
    read_operation of = read_mini_with(table, text);
    assert_silent(of.issues);
    forget_operation(&of);
}

#endif
