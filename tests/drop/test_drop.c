/* Drops of small operations, from tables to gates. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>
#include <math.h>

#include "airbridge/drop.h"
#include "base/arena.h"
#include "base/c_locale.h"
#include "drop/gates.h"
#include "drop/plane.h"
#include "drop/wire.h"
#include "support/small.h"

static const double DEG = 3.14159265358979323846 / 180;
enum { TEXT_MOST = 20000 };

/* An operation around a zone at 40 E 35 N on level ground 200 m above the sea. */
typedef struct scene {
    double zone_wide_m, zone_high_m;
    double wind_e_mps, wind_n_mps; /* at all heights */
    const char *wind_kind;         /* NULL: no rows */
    double turn_deg;               /* all of it, clockwise */
    const char *controller;        /* yes, no or empty */
    const char *agreements, *requests;
    double canopies, recovered_frac;
    /* An exclusion, relative to the zone's middle; wide 0: none. */
    const char *exclusion_kind;
    double ex_e_m, ex_n_m, ex_wide_m, ex_high_m;
    const char *lv_area_m2;
    double lowest_msl_m; /* of the wind; 0: 190 */
    const char *sack_loss_frac;    /* empty: nobody says */
    bool no_people; /* nobody says where they live */
    double city_m;  /* houses east of the zone, so far from its edge; 0: 2,600 */
    const char *issued; /* the wind; NULL: nobody says when */
    const char *lv_heights; /* least and most; NULL: 300 and 3,000 */
    const char *failures; /* of lv: observed, failed */
    bool reefed;    /* a system more, of which each landing is integrated */
    int32_t passes; /* 0: as many as are needed */
} scene;

#define CLEARED "[agreements]\nid,kind,subjects,mode,from\nclear,clearance,place:town,air,2030-02-01T00:00Z\n"
#define SCENE_INIT {.zone_wide_m = 2000, .zone_high_m = 1000, .wind_kind = "dropsonde", .controller = "yes", .agreements = CLEARED, \
                    .requests = "", .canopies = 100, .recovered_frac = 0.9, .lv_area_m2 = "220", \
                    .sack_loss_frac = ""}

static size_t add(char *text, size_t at, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    at += (size_t)ab__c_vsnprintf(text + at, TEXT_MOST - at, format, args);
    va_end(args);
    assert_true(at < TEXT_MOST);
    return at;
}

static size_t add_rectangle(char *text, size_t at, const scene *s, double e, double n, double wide, double high)
{
    ab__plane plane = ab__plane_at(40, 35);
    double sine = sin(s->turn_deg * DEG), cosine = cos(s->turn_deg * DEG);
    at = add(text, at, "\"POLYGON((");
    for (int i = 0; i < 5; i++) {
        double x = e + (i == 1 || i == 2 ? 0.5 : -0.5) * wide, y = n + (i == 2 || i == 3 ? 0.5 : -0.5) * high, lon, lat;
        ab__plane_from(&plane, x * cosine + y * sine, y * cosine - x * sine, &lon, &lat);
        at = add(text, at, "%s%.9f %.9f", i ? "," : "", lon, lat);
    }
    return add(text, at, "))\"");
}

static size_t add_wind(char *text, size_t at, const scene *s)
{
    static const double heights[] = {190, 1000, 2500, 4300, 6000, 8000};
    double sine = sin(s->turn_deg * DEG), cosine = cos(s->turn_deg * DEG);
    at = add(text, at, "[wind]\nvalid_at,issued_at,kind,lon_deg,lat_deg,height_msl_m,wind_e_mps,wind_n_mps\n");
    for (size_t i = 0; i < sizeof heights / sizeof heights[0] && s->wind_kind; i++)
        at = add(text, at, "2030-03-02T09:00Z,%s,%s,40,35,%.0f,%.12f,%.12f\n", s->issued ? s->issued : "", s->wind_kind, i == 0 && s->lowest_msl_m > 0 ? s->lowest_msl_m : heights[i],
                 s->wind_e_mps * cosine + s->wind_n_mps * sine, s->wind_n_mps * cosine - s->wind_e_mps * sine);
    if (!s->wind_kind) /* a row of another continent */
        at = add(text, at, "2030-03-02T09:00Z,,sounding,10,50,100,5,5\n");
    return at;
}

static ab_operation *operation(const scene *s)
{
    static char text[TEXT_MOST];
    size_t at = add(text, 0, "[places]\nid,lon_deg,lat_deg,population,cut_off_since\ntown,40.03,35.01,50000,2029-01-01\n");
    at = add(text, at, "[hubs]\nid,lon_deg,lat_deg\nhub,36,34\n");
    at = add(text, at, "[vehicles]\nid,mode,count,base,payload_t,speed_km_h,pallets,drop_speed_km_h,exit_interval_s\nplane,air,2,hub,16,500,16,252,0.3\n");
    at = add(text, at, "[dropsystems]\nid,kind,load_max_kg,canopy,drag_area_m2,release_min_agl_m,release_max_agl_m,canopies_in_stock,free_loss_frac,"
                       "reefed_drag_area_m2,reefed_s,drops_observed,failures_observed\n");
    at = add(text, at, "hv,hv,1000,ringslot,25,4000,7600,%.0f,,,,,\nlv,lv,1000,flat circular,%s,%s,%.0f,,,,%s\n", s->canopies, s->lv_area_m2,
             s->lv_heights ? s->lv_heights : "300,3000", s->canopies, s->failures ? s->failures : ",");
    at = add(text, at, "sacks,free,50,none,,200,300,,%s,,,,\n", s->sack_loss_frac);
    if (s->reefed)
        at = add(text, at, "reefed,lv,1000,flat circular,220,200,250,100,,20,7,,\n");
    at = add(text, at, "[dropzones]\nid,place,wkt,controller,recovered_frac,elev_msl_m\nzone,town,");
    at = add_rectangle(text, at, s, 0, 0, s->zone_wide_m, s->zone_high_m);
    at = add(text, at, ",%s,%.3f,200\n", s->controller, s->recovered_frac);
    at = add(text, at, "[exclusions]\nid,kind,cost,wkt\n");
    if (s->ex_wide_m > 0) {
        at = add(text, at, "keep_off,%s,3,", s->exclusion_kind);
        at = add_rectangle(text, at, s, s->ex_e_m, s->ex_n_m, s->ex_wide_m, s->ex_high_m);
        at = add(text, at, "\n");
    }
    at = add(text, at, "city,%s,1,", s->no_people ? "mined" : "built-up");
    at = add_rectangle(text, at, s, s->zone_wide_m / 2 + (s->city_m > 0 ? s->city_m : 2600) + 250, 0, 500, 500);
    at = add(text, at, "\n");
    at = add_wind(text, at, s);
    (void)add(text, at, "%s%s", s->agreements, s->requests);
    return small_operation(text);
}

typedef struct answer {
    ab_operation *op;
    ab_access *access;
    ab_airdrops *drops;
    const ab_airdrop *drop; /* the first */
} answer;

static ab_time time_of(const char *text)
{
    ab_time t;
    assert_true(ab_time_parse(text, &t, NULL));
    return t;
}

static answer ask(const scene *s, const char *system, double agl_m, bool no_scatter)
{
    answer a = {.op = operation(s)};
    ab_error err = AB_ERROR_INIT;
    ab_issues *issues = ab_issues_new(0);
    ab_drop_options o = AB_DROP_OPTIONS_INIT;
    assert_int_equal(ab_access_make(a.op, &a.access, &err), AB_OK);
    o.system = small_row(a.op, AB_TABLE_dropsystems, system);
    o.at = time_of("2030-03-02T09:15Z");
    o.release_agl_m = agl_m;
    o.no_scatter = no_scatter;
    o.passes = s->passes;
    if (ab_airdrops_make(a.op, a.access, NULL, NULL, &o, &a.drops, issues, &err) != AB_OK)
        fail_msg("%s", err.message);
    assert_int_equal(a.drops->count, 1);
    a.drop = a.drops->drop;
    ab_issues_free(issues);
    return a;
}

static void end(answer *a)
{
    ab_airdrops_free(a->drops);
    ab_access_free(a->access);
    ab_operation_free(a->op);
}

/* The mean landing, from the zone's middle. */
static void middle_of(const ab_airdrop *d, double *e, double *n)
{
    ab__plane plane = ab__plane_at(40, 35);
    ab__plane_to(&plane, d->release_lon_deg, d->release_lat_deg, e, n);
    *e += d->centre_e_m;
    *n += d->centre_n_m;
}

static void without_wind_the_release_is_the_throw_before_the_middle(void **state)
{
    (void)state;
    scene s = SCENE_INIT;
    answer a = ask(&s, "hv", 5000, true);
    double e, n, throw_m = hypot(a.drop->centre_e_m, a.drop->centre_n_m);
    middle_of(a.drop, &e, &n);
    assert_true(hypot(e, n) < 40);
    assert_true(throw_m > 50 && throw_m < 600);
    /* It lies in the direction of flight. */
    assert_true(a.drop->centre_e_m * sin(a.drop->heading_deg * DEG) + a.drop->centre_n_m * cos(a.drop->heading_deg * DEG) > throw_m - 1);
    assert_true(a.drop->loads == 1 && a.drop->inside.mean == 1 && a.drop->samples == 1);
    assert_true(a.drop->fall_s > 150 && a.drop->fall_s < 260 && a.drop->impact_mps > 18 && a.drop->impact_mps < 27);
    end(&a);
}

static void wind_moves_the_release_against_it(void **state)
{
    (void)state;
    scene s = SCENE_INIT;
    s.wind_e_mps = 10;
    answer a = ask(&s, "hv", 5000, true);
    assert_true(fabs(a.drop->centre_e_m - 10 * a.drop->fall_s) < 600);
    assert_true(a.drop->release_lon_deg < 39.99);
    end(&a);
}

static void turning_the_world_turns_the_answer(void **state)
{
    (void)state;
    scene s = SCENE_INIT;
    s.wind_e_mps = 9;
    s.wind_n_mps = 3;
    s.exclusion_kind = "held by others";
    s.ex_e_m = 1400;
    s.ex_wide_m = s.ex_high_m = 1200;
    answer a = ask(&s, "hv", 5000, false);
    s.turn_deg = 90;
    answer b = ask(&s, "hv", 5000, false);
    double ae, an, be, bn;
    middle_of(a.drop, &ae, &an);
    middle_of(b.drop, &be, &bn);
    /* Other draws, so to their error. */
    assert_true(fabs(a.drop->inside.mean - b.drop->inside.mean) < 0.03);
    assert_true(fabs(a.drop->value_loads - b.drop->value_loads) < 0.5);
    assert_true(hypot(be - an, bn + ae) < 200);
    end(&a);
    end(&b);
}

static void a_larger_zone_holds_more(void **state)
{
    (void)state;
    double before = 0;
    for (double m = 200; m <= 3200; m *= 2) {
        scene s = SCENE_INIT;
        s.wind_e_mps = 8;
        s.zone_wide_m = s.zone_high_m = m;
        answer a = ask(&s, "hv", 5000, false);
        const ab_airdrop *d = a.drop;
        assert_true(d->inside.mean > before);
        assert_true(d->inside.lo <= d->inside.mean && d->inside.mean <= d->inside.hi && d->inside.hi <= 1.000001);
        assert_true(d->recovered.mean <= 0.9 * d->inside.mean + 1e-9);
        assert_true(d->failed.mean > 0.01 && d->failed.mean < 0.06 && d->failed.lo <= d->failed.mean);
        assert_true(fabs(d->value_loads - d->loads * d->recovered.mean) < 1e-9);
        assert_true(d->region[0].area_m2 < d->region[1].area_m2 && d->region[1].area_m2 < d->region[2].area_m2);
        before = d->inside.mean;
        end(&a);
    }
    assert_true(before > 0.9);
}

static void an_exclusion_pushes_the_loads_away(void **state)
{
    (void)state;
    scene s = SCENE_INIT;
    s.zone_wide_m = 1200;
    s.wind_kind = "climatology"; /* loads scatter by hundreds of metres */
    answer a = ask(&s, "hv", 5000, false);
    s.exclusion_kind = "held by others";
    s.ex_e_m = 1600; /* begins where the zone ends */
    s.ex_wide_m = 2000;
    s.ex_high_m = 4000;
    answer b = ask(&s, "hv", 5000, false);
    double ae, an, be, bn;
    middle_of(a.drop, &ae, &an);
    middle_of(b.drop, &be, &bn);
    assert_true(a.drop->exclusion_count == 1 && b.drop->exclusion_count == 2);
    assert_true(be < ae - 50 && be > ae - 1000);
    assert_true(b.drop->value_loads < a.drop->value_loads);
    assert_true(fabs(b.drop->value_loads - 16 * (b.drop->recovered.mean - 3 * b.drop->exclusion_prob[0])) < 1e-9);
    end(&a);
    end(&b);
}

static void houses_count_people_under_loads(void **state)
{
    (void)state;
    scene s = SCENE_INIT;
    s.wind_kind = "climatology";
    answer a = ask(&s, "hv", 5000, false);
    assert_true(a.drop->harm.impact == 0 && a.drop->harm.failed == 0 && a.drop->harm.crowd == 0 && a.drop->harm.density_assumed);
    s.exclusion_kind = "built-up";
    s.ex_n_m = 1500;
    s.ex_wide_m = 3000;
    s.ex_high_m = 1600;
    answer b = ask(&s, "hv", 5000, false);
    assert_true(b.drop->harm.impact > 0);
    double expected = 16 * b.drop->exclusion_prob[0] * 0.01 * 1.8 * 1.8;
    assert_true(b.drop->harm.impact <= expected && b.drop->harm.impact > 0.85 * expected);
    s.controller = "no";
    answer c = ask(&s, "hv", 5000, false);
    assert_true(c.drop->harm.crowd > 0 && c.drop->gate[AB_GATE_CONTROLLER].state == AB_GATE_NOT_MET);
    end(&a);
    end(&b);
    end(&c);
}

static ab_gate_state gate(const scene *s, const char *system, double agl_m, ab_gate_kind kind)
{
    answer a = ask(s, system, agl_m, false);
    ab_gate_state state = a.drop->gate[kind].state;
    assert_true(a.drop->go == (a.drop->decides < 0));
    for (int32_t i = 0; i < AB_GATES; i++)
        assert_true(a.drop->gate[i].text && strlen(a.drop->gate[i].text) > 10);
    end(&a);
    return state;
}

static void gates_open_and_shut(void **state)
{
    (void)state;
    scene s = SCENE_INIT;
    answer a = ask(&s, "hv", 5000, false);
    for (int32_t i = 0; i < AB_GATES; i++)
        if (a.drop->gate[i].state != AB_GATE_MET)
            fail_msg("gate %d: %s", i, a.drop->gate[i].text);
    assert_true(a.drop->go && a.drop->decides == -1);
    assert_int_equal(a.drop->gate[AB_GATE_CLEARANCE].because.table, AB_TABLE_agreements);
    end(&a);
    assert_int_equal(gate(&s, "hv", 8000, AB_GATE_HEIGHT), AB_GATE_NOT_MET);
    assert_int_equal(gate(&s, "hv", 3000, AB_GATE_HEIGHT), AB_GATE_NOT_MET);
    s.no_people = true;
    assert_int_equal(gate(&s, "hv", 5000, AB_GATE_HARM), AB_GATE_NOT_KNOWN);
    s.agreements = "";
    assert_int_equal(gate(&s, "hv", 5000, AB_GATE_CLEARANCE), AB_GATE_NOT_MET);
    s.requests = "[requests]\nid,asked_at,place,mode\nasked,2030-02-20T00:00Z,town,air\n";
    assert_int_equal(gate(&s, "hv", 5000, AB_GATE_CLEARANCE), AB_GATE_NOT_KNOWN);
    s.controller = "";
    assert_int_equal(gate(&s, "hv", 5000, AB_GATE_CONTROLLER), AB_GATE_NOT_KNOWN);
    s.canopies = 15;
    assert_int_equal(gate(&s, "hv", 5000, AB_GATE_CANOPIES), AB_GATE_NOT_MET);
    assert_int_equal(gate(&s, "sacks", 250, AB_GATE_CANOPIES), AB_GATE_MET);
    s.wind_e_mps = 9;
    assert_int_equal(gate(&s, "lv", 600, AB_GATE_WIND), AB_GATE_NOT_MET);
    assert_int_equal(gate(&s, "hv", 5000, AB_GATE_WIND), AB_GATE_MET);
    s.wind_kind = "climatology";
    assert_int_equal(gate(&s, "hv", 5000, AB_GATE_WIND), AB_GATE_NOT_KNOWN);
    s.wind_kind = "forecast"; /* of which nobody says when it was issued */
    assert_int_equal(gate(&s, "hv", 5000, AB_GATE_WIND), AB_GATE_NOT_KNOWN);
    s.zone_wide_m = s.zone_high_m = 100;
    assert_int_equal(gate(&s, "hv", 5000, AB_GATE_ZONE), AB_GATE_NOT_MET);
}

/* A wind that begins high above the zone tells nothing of its ground, and of a low drop nothing at all. */
static void wind_far_above_the_zone_is_not_that_on_it(void **state)
{
    (void)state;
    scene s = SCENE_INIT;
    s.lowest_msl_m = 299;
    assert_int_equal(gate(&s, "lv", 600, AB_GATE_WIND), AB_GATE_MET);
    s.lowest_msl_m = 301;
    assert_int_equal(gate(&s, "lv", 600, AB_GATE_WIND), AB_GATE_NOT_KNOWN);
    assert_int_equal(gate(&s, "hv", 5000, AB_GATE_WIND), AB_GATE_MET); /* which has no limit */
    answer a = ask(&s, "lv", 300, false);
    assert_true(a.drop->wind == NULL && a.drop->decides == AB_GATE_WIND);
    assert_non_null(strstr(a.drop->gate[AB_GATE_WIND].text, "100 m higher will do"));
    end(&a);
    s.lowest_msl_m = 280; /* a third of 250 m are 83 */
    assert_int_equal(gate(&s, "sacks", 250, AB_GATE_WIND), AB_GATE_MET);
    s.lowest_msl_m = 290;
    assert_int_equal(gate(&s, "sacks", 250, AB_GATE_WIND), AB_GATE_NOT_KNOWN);
}

/* The wind on the ground is as wrong as wind is: what a sonde of a quarter of an hour ago allows, a forecast does not. */
static void wind_on_the_ground_is_a_chance(void **state)
{
    (void)state;
    scene s = SCENE_INIT;
    s.wind_e_mps = 4.5;
    answer a = ask(&s, "lv", 600, false);
    const ab_gate *known = &a.drop->gate[AB_GATE_WIND];
    assert_true(known->state == AB_GATE_MET && known->value > 5 && known->value < known->limit && known->limit == 6.69);
    assert_non_null(strstr(known->text, "a chance of 4 %"));
    end(&a);
    s.wind_kind = "forecast";
    s.issued = "2030-03-02T03:00Z";
    answer b = ask(&s, "lv", 600, false);
    const ab_gate *foretold = &b.drop->gate[AB_GATE_WIND];
    assert_true(foretold->state == AB_GATE_NOT_MET && foretold->value > foretold->limit);
    assert_non_null(strstr(foretold->text, "4.5 m/s near the ground"));
    end(&b);
    s.wind_e_mps = 2;
    assert_int_equal(gate(&s, "lv", 600, AB_GATE_WIND), AB_GATE_MET);
}

/* Houses far from a zone do not say that nobody lives at it. */
static void people_are_known_by_what_is_drawn_near(void **state)
{
    (void)state;
    scene s = SCENE_INIT;
    s.city_m = 2950;
    assert_int_equal(gate(&s, "hv", 5000, AB_GATE_HARM), AB_GATE_MET);
    s.city_m = 3050;
    assert_int_equal(gate(&s, "hv", 5000, AB_GATE_HARM), AB_GATE_NOT_KNOWN);
}

/* 24 February 2016: 7,000 m in a wind that nobody knew. 12 April: lower, and better known. */
static void deir_ez_zor_turns_from_no_go_to_go(void **state)
{
    (void)state;
    scene s = SCENE_INIT;
    s.wind_e_mps = 12;
    s.wind_kind = NULL;
    answer february = ask(&s, "hv", 7000, false);
    assert_true(!february.drop->go && february.drop->decides == AB_GATE_WIND && february.drop->wind == NULL);
    assert_non_null(strstr(february.drop->gate[AB_GATE_WIND].text, "not known"));
    end(&february);
    s.wind_kind = "climatology";
    answer guessed = ask(&s, "hv", 7000, false);
    s.wind_kind = "dropsonde";
    answer known = ask(&s, "hv", 5000, false);
    assert_true(!guessed.drop->go && known.drop->go);
    assert_true(guessed.drop->inside.mean < 0.6 && known.drop->inside.mean > 0.8);
    assert_true(guessed.drop->gate[AB_GATE_ZONE].state == AB_GATE_NOT_MET);
    end(&guessed);
    end(&known);
}

static void sacks_fall_fast_and_near(void **state)
{
    (void)state;
    scene s = SCENE_INIT;
    answer a = ask(&s, "sacks", 250, false);
    assert_true(a.drop->loads == 320 && a.drop->load_kg == 50 && a.drop->failed.mean == 0);
    assert_true(a.drop->impact_mps > 35 && a.drop->impact_mps < 65 && a.drop->impact_j > 30e3 && a.drop->impact_j < 90e3);
    assert_true(a.drop->fall_s > 6 && a.drop->fall_s < 12);
    assert_true(a.drop->inside.mean > 0.95);
    end(&a);
}

/* What bursts is not recovered, and every bag that bursts costs alike. */
static void bags_that_burst_are_not_recovered(void **state)
{
    (void)state;
    const char *loss[] = {"0", "", "0.4"};
    double recovered[3];
    for (int i = 0; i < 3; i++) {
        scene s = SCENE_INIT;
        s.sack_loss_frac = loss[i];
        answer a = ask(&s, "sacks", 250, false);
        recovered[i] = a.drop->recovered.mean / a.drop->inside.mean;
        assert_true(a.drop->burst_assumed == (i == 1));
        assert_true(i == 0 ? a.drop->burst.hi == 0 : a.drop->burst.lo < a.drop->burst.mean && a.drop->burst.mean < a.drop->burst.hi);
        end(&a);
    }
    assert_true(fabs(recovered[0] - 0.9) < 1e-6);
    assert_true(fabs(recovered[1] - 0.9 * 0.97) < 0.002 && fabs(recovered[2] - 0.9 * 0.6) < 0.002);
}

/* The stick is what the aircraft flies over the ground between first and last exit; loads need that and their scatter. */
static void a_stick_is_flown_over_the_ground(void **state)
{
    (void)state;
    scene s = SCENE_INIT;
    s.wind_e_mps = 10; /* along the zone, which is longer that way */
    answer a = ask(&s, "sacks", 250, false), b = ask(&s, "hv", 4000, false);
    const ab_stick *sacks = &a.drop->stick, *hv = &b.drop->stick;
    double toward = sin(a.drop->heading_deg * DEG), away = cos(a.drop->heading_deg * DEG);
    small_near(sacks->last_exit_s, 4);
    assert_true(sacks->interval_assumed && !hv->interval_assumed);
    small_near(hv->last_exit_s, 15 * 0.3);
    small_near(sacks->ground_mps, hypot(70 * toward + 10, 70 * away));
    small_near(sacks->track_deg, fmod(atan2(70 * toward + 10, 70 * away) / DEG + 360, 360));
    small_near(sacks->stick_m, 4 * sacks->ground_mps);
    assert_true(sacks->length_90_m > 0.85 * sacks->stick_m && sacks->length_90_m < sacks->stick_m + 400);
    assert_true(sacks->width_90_m < 200); /* little but heading and position */
    assert_true(fabs(sacks->zone_area_m2 / 2e6 - 1) < 0.003);
    assert_true(sacks->zone_length_m > 990 && sacks->passes == 1);
    end(&a);
    end(&b);
}

/* A zone that is too short for the stick, and one that is too short for a single load. */
static void a_short_zone_asks_for_more_passes(void **state)
{
    (void)state;
    scene s = SCENE_INIT;
    s.zone_wide_m = s.zone_high_m = 130;
    answer some = ask(&s, "sacks", 250, false);
    s.zone_wide_m = s.zone_high_m = 60;
    answer none = ask(&s, "sacks", 250, false);
    assert_true(some.drop->stick.length_90_m > some.drop->stick.zone_length_m && some.drop->stick.passes > 1);
    assert_int_equal(some.drop->gate[AB_GATE_ZONE].state, AB_GATE_NOT_MET);
    assert_non_null(strstr(some.drop->gate[AB_GATE_ZONE].text, " passes"));
    assert_int_equal(none.drop->stick.passes, 0);
    assert_non_null(strstr(none.drop->gate[AB_GATE_ZONE].text, "more passes do not help"));
    end(&some);
    end(&none);
}

static ab_status try_make(const ab_operation *op, ab_drop_options o, ab_airdrops **drops, ab_issues *issues)
{
    ab_access *access;
    ab_error err = AB_ERROR_INIT;
    assert_int_equal(ab_access_make(op, &access, &err), AB_OK);
    ab_status status = ab_airdrops_make(op, access, NULL, NULL, &o, drops, issues, &err);
    ab_access_free(access);
    return status;
}

static void an_overloaded_canopy_is_an_issue(void **state)
{
    (void)state;
    scene s = SCENE_INIT;
    ab_operation *op = operation(&s);
    ((ab_dropsystem *)(uintptr_t)op->dropsystems.at)[1].drag_area_m2 = 22; /* which no check lets pass */
    ab_issues *issues = ab_issues_new(0);
    ab_airdrops *drops;
    ab_drop_options o = AB_DROP_OPTIONS_INIT;
    assert_int_equal(try_make(op, o, &drops, issues), AB_FLAWED);
    assert_null(drops);
    assert_int_equal(ab_issues_count(issues), 1);
    assert_int_equal(ab_issues_at(issues, 0)->code, AB_ISSUE_CANOPY_OVERLOADED);
    assert_int_equal(ab_issues_at(issues, 0)->line, 3);
    assert_string_equal(ab_issues_at(issues, 0)->column, "drag_area_m2");
    ab_issues_free(issues);
    ab_operation_free(op);
}

/* A raster about the zone: `high` wherever north of the middle by `from_m` or more, else `low`. */
static ab_terrain raster(float *cells, int32_t side, double step_deg, double from_m, float low, float high)
{
    for (int32_t i = 0; i < side * side; i++)
        cells[i] = (side / 2 - i / side) * step_deg * 110950 >= from_m ? high : low;
    return (ab_terrain){.lons = side, .lats = side, .lon_deg = 40 - side / 2 * step_deg, .lat_deg = 35 + side / 2 * step_deg,
                        .step_lon_deg = step_deg, .step_lat_deg = -step_deg, .height_msl_m = cells};
}

static ab_status on_ground_from(const scene *s, const char *system, double agl_m, const ab_terrain *terrain, const ab_terrain *people, answer *a,
                                ab_issues *issues)
{
    ab_error err = AB_ERROR_INIT;
    ab_drop_options o = AB_DROP_OPTIONS_INIT;
    *a = (answer){.op = operation(s)};
    assert_int_equal(ab_access_make(a->op, &a->access, &err), AB_OK);
    o.system = small_row(a->op, AB_TABLE_dropsystems, system);
    o.at = time_of("2030-03-02T09:15Z");
    o.release_agl_m = agl_m;
    o.people_per_km2 = people;
    ab_status status = ab_airdrops_make(a->op, a->access, NULL, terrain, &o, &a->drops, issues, &err);
    a->drop = status == AB_OK ? a->drops->drop : NULL;
    return status;
}

static ab_status on_ground(const scene *s, const ab_terrain *terrain, const ab_terrain *people, answer *a, ab_issues *issues)
{
    return on_ground_from(s, "hv", 4500, terrain, people, a, issues);
}

enum { SIDE = 401 };
static float cells[SIDE * SIDE];

static void ground_that_is_higher_meets_loads_earlier(void **state)
{
    (void)state;
    scene s = SCENE_INIT;
    s.wind_e_mps = 12;
    ab_issues *issues = ab_issues_new(0);
    answer level, high;
    ab_terrain terrain = raster(cells, SIDE, 0.001, -1e9, 0, 200);
    assert_int_equal(on_ground(&s, &terrain, NULL, &level, issues), AB_OK);
    terrain = raster(cells, SIDE, 0.001, -1e9, 0, 500); /* all of it 300 m higher than the zone is said to lie */
    assert_int_equal(on_ground(&s, &terrain, NULL, &high, issues), AB_OK);
    double before_m = level.drop->centre_e_m - high.drop->centre_e_m, speed_mps = high.drop->impact_mps;
    assert_true(fabs(before_m - 300 * 12 / sqrt(speed_mps * speed_mps - 144)) < 40);
    assert_true(level.drop->inside.mean > 0.9 && high.drop->inside.mean > 0.9); /* the release makes up for it */
    assert_int_equal(level.drop->gate[AB_GATE_HEIGHT].state, AB_GATE_MET);
    end(&level);
    end(&high);
    ab_issues_free(issues);
}

static void terrain_that_ends_is_told_and_hills_are_seen(void **state)
{
    (void)state;
    scene s = SCENE_INIT;
    answer a;
    ab_issues *issues = ab_issues_new(0);
    ab_terrain small = raster(cells, 21, 0.001, -1e9, 0, 200); /* 2 km */
    assert_int_equal(on_ground(&s, &small, NULL, &a, issues), AB_FLAWED);
    assert_int_equal(ab_issues_at(issues, 0)->code, AB_ISSUE_TERRAIN_SHORT);
    assert_int_equal(ab_issues_at(issues, 0)->line, 2);
    end(&a);
    ab_terrain hill = raster(cells, SIDE, 0.001, 3000, 200, 4600); /* a wall 3 km north, and one south */
    for (int32_t i = 0; i < SIDE * SIDE; i++)
        if (i / SIDE > SIDE / 2 + 27 || i % SIDE > SIDE / 2 + 33 || i % SIDE < SIDE / 2 - 33)
            cells[i] = 4600;
    assert_int_equal(on_ground(&s, &hill, NULL, &a, issues), AB_OK);
    assert_int_equal(a.drop->gate[AB_GATE_HEIGHT].state, AB_GATE_NOT_MET);
    end(&a);
    ab_issues_free(issues);
}

static void people_are_counted_where_a_raster_has_them(void **state)
{
    (void)state;
    scene s = SCENE_INIT;
    answer a, b;
    ab_issues *issues = ab_issues_new(0);
    ab_terrain people = raster(cells, SIDE, 0.001, -1e9, 0, 1000);
    assert_int_equal(on_ground(&s, NULL, &people, &a, issues), AB_OK);
    /* A thousand a square kilometre, everywhere: sixteen loads hit 0.05. */
    double all = a.drop->harm.impact + a.drop->harm.failed;
    assert_true(!a.drop->harm.density_assumed && fabs(all - 16 * 0.001 * 1.8 * 1.8) < 0.002);
    assert_int_equal(a.drop->gate[AB_GATE_HARM].state, AB_GATE_NOT_MET);
    assert_int_equal(a.drop->decides, AB_GATE_HARM);
    people = raster(cells, SIDE, 0.001, 100, 0, 2000); /* in the north alone: the release goes south */
    assert_int_equal(on_ground(&s, NULL, &people, &b, issues), AB_OK);
    double ae, an, be, bn;
    middle_of(a.drop, &ae, &an);
    middle_of(b.drop, &be, &bn);
    assert_true(bn < an - 30 && b.drop->harm.impact + b.drop->harm.failed < all);
    end(&a);
    end(&b);
    ab_issues_free(issues);
}

/* What a raster does not tell is nobody's leave to drop there. */
static void voids_among_people_are_not_empty_ground(void **state)
{
    (void)state;
    scene s = SCENE_INIT;
    answer a;
    ab_issues *issues = ab_issues_new(0);
    ab_terrain people = raster(cells, SIDE, 0.001, 3000, 0, NAN); /* from 3 km north of the middle on */
    assert_int_equal(on_ground(&s, NULL, &people, &a, issues), AB_OK);
    assert_true(a.drop->gate[AB_GATE_HARM].state == AB_GATE_MET && a.drop->harm.untold_frac < 0.001);
    end(&a);
    people = raster(cells, SIDE, 0.001, 300, 0, NAN);
    assert_int_equal(on_ground(&s, NULL, &people, &a, issues), AB_OK);
    assert_true(a.drop->gate[AB_GATE_HARM].state == AB_GATE_NOT_KNOWN && a.drop->harm.untold_frac > 0.01);
    assert_non_null(strstr(a.drop->gate[AB_GATE_HARM].text, "does not tell how many live"));
    end(&a);
    ab_issues_free(issues);
}

static ab_gate_state height(const scene *s, double agl_m, const ab_terrain *terrain)
{
    answer a;
    ab_issues *issues = ab_issues_new(0);
    assert_int_equal(on_ground_from(s, "lv", agl_m, terrain, NULL, &a, issues), AB_OK);
    ab_gate_state state = a.drop->gate[AB_GATE_HEIGHT].state;
    end(&a);
    ab_issues_free(issues);
    return state;
}

/* Below 2,000 m hills matter, and so does the least height of a system; the most matters but at the least. */
static void heights_that_nobody_gives_are_not_met(void **state)
{
    (void)state;
    scene s = SCENE_INIT;
    ab_terrain level = raster(cells, SIDE, 0.001, -1e9, 0, 200);
    assert_int_equal(height(&s, 600, &level), AB_GATE_MET);
    assert_int_equal(height(&s, 600, NULL), AB_GATE_NOT_KNOWN);
    assert_int_equal(height(&s, 2000, NULL), AB_GATE_MET);
    s.lv_heights = ",3000";
    assert_int_equal(height(&s, 600, &level), AB_GATE_NOT_KNOWN);
    assert_int_equal(height(&s, 2000, &level), AB_GATE_MET);
    s.lv_heights = "300,";
    assert_int_equal(height(&s, 600, &level), AB_GATE_NOT_KNOWN);
    assert_int_equal(height(&s, 300, &level), AB_GATE_MET);
    assert_int_equal(height(&s, 250, &level), AB_GATE_NOT_MET);
    s.lv_heights = ",";
    assert_int_equal(height(&s, 2500, &level), AB_GATE_NOT_KNOWN);
}

static bool stop_at_second(void *context, int32_t done, int32_t of)
{
    assert_true(done >= 1 && done <= of);
    return ++*(int32_t *)context < 2;
}

static void all_that_fits_is_worked_out_alike_on_any_threads(void **state)
{
    (void)state;
    scene s = SCENE_INIT;
    ab_operation *op = operation(&s);
    ab_issues *issues = ab_issues_new(0);
    ab_airdrops *one, *three;
    ab_drop_options o = AB_DROP_OPTIONS_INIT;
    o.at = time_of("2030-03-02T09:15Z");
    o.passes = 100;
    assert_int_equal(try_make(op, o, &one, issues), AB_OK);
    o.threads = 3;
    assert_int_equal(try_make(op, o, &three, issues), AB_OK);
    assert_true(one->count == 6 && three->count == 6); /* three systems, lowest and highest */
    assert_true(one->drop[0].release_agl_m == 4000 && one->drop[1].release_agl_m == 5000 && one->drop[2].release_agl_m == 300);
    for (int32_t i = 0; i < 6; i++)
        assert_true(one->drop[i].inside.mean == three->drop[i].inside.mean && one->drop[i].release_lon_deg == three->drop[i].release_lon_deg &&
                    one->drop[i].harm.failed == three->drop[i].harm.failed && one->drop[i].samples == 1600 * (i < 4) + 3200 * (i >= 4));
    ab_airdrops_free(one);
    ab_airdrops_free(three);
    int32_t calls = 0;
    o.progress = stop_at_second;
    o.context = &calls;
    o.threads = 1;
    assert_int_equal(try_make(op, o, &one, issues), AB_INTERRUPTED);
    assert_true(calls == 2 && one == NULL);
    ab_issues_free(issues);
    ab_operation_free(op);
}

/* What another rank worked out comes as it was, with and without wind; what is cut short is refused. */
static void drops_go_from_rank_to_rank_whole(void **state)
{
    (void)state;
    scene s = SCENE_INIT;
    s.exclusion_kind = "built-up";
    s.ex_n_m = 1500;
    s.ex_wide_m = 3000;
    s.ex_high_m = 1600;
    for (int windy = 0; windy < 2; windy++) {
        s.wind_kind = windy ? "sounding" : NULL;
        answer a = ask(&s, "hv", 4500, false);
        ab_buf packed = AB_BUF_INIT;
        ab_arena *keep = ab__arena_new();
        ab__worked done;
        ab_airdrop drop = {0};
        assert_non_null(keep);
        ab__drop_pack(&packed, AB__WORKED, a.drop);
        for (size_t size = 0; size <= packed.size; size += size + 64 < packed.size ? 64 : 1) {
            ab__packed from = {packed.text, packed.text + size};
            drop.wind = NULL;
            assert_true(ab__drop_unpack(&from, keep, &done, &drop) == (size == packed.size));
            if (size < packed.size)
                ab_wind_free((ab_wind_column *)(uintptr_t)drop.wind);
        }
        assert_true(done == AB__WORKED && (drop.wind != NULL) == windy);
        assert_string_equal(drop.gate[AB_GATE_HARM].text, a.drop->gate[AB_GATE_HARM].text);
        for (int32_t r = 0; windy && r < 3; r++)
            assert_memory_equal(drop.region[r].ring_points, a.drop->region[r].ring_points, (size_t)drop.region[r].ring_count * sizeof(int32_t));
        if (windy) {
            assert_string_equal(drop.wind->source, a.drop->wind->source);
            assert_memory_equal(drop.wind->wind_e_mps, a.drop->wind->wind_e_mps, (size_t)drop.wind->levels * sizeof(double));
            assert_memory_equal(drop.exclusion_prob, a.drop->exclusion_prob, (size_t)drop.exclusion_count * sizeof(double));
        }
        ab_wind_free((ab_wind_column *)(uintptr_t)drop.wind);
        ab__arena_free(keep);
        ab__buf_free(&packed);
        end(&a);
    }
}

static void a_sighter_is_worth_most_where_the_wind_is_unsure(void **state)
{
    (void)state;
    scene s = SCENE_INIT;
    s.zone_wide_m = s.zone_high_m = 900;
    double gained[2];
    for (int k = 0; k < 2; k++) {
        ab_error err = AB_ERROR_INIT;
        ab_sighter one, two;
        s.wind_kind = k ? "climatology" : "dropsonde";
        answer a = ask(&s, "hv", 5000, false);
        assert_int_equal(ab_airdrop_sighter(a.op, a.drop, 1, 0, &one, &err), AB_OK);
        assert_int_equal(ab_airdrop_sighter(a.op, a.drop, 2, 0, &two, &err), AB_OK);
        assert_true(one.spread_after_m < one.spread_before_m && two.spread_after_m <= one.spread_after_m * 1.02);
        assert_true(one.inside_after_prob > one.inside_before_prob && one.inside_after_prob <= 1);
        assert_true(fabs(one.inside_before_prob - a.drop->inside.mean) < 0.03);
        assert_true(one.extra_s >= a.drop->fall_s && one.extra_s > 200 && one.extra_s < 500);
        assert_int_equal(ab_airdrop_sighter(a.op, a.drop, 0, 0, &one, &err), AB_USAGE);
        gained[k] = two.inside_after_prob - two.inside_before_prob;
        end(&a);
    }
    assert_true(gained[1] > gained[0] + 0.2);
}

/* Where each landing is integrated few passes are drawn, and only these count. */
static void a_sighter_counts_the_passes_that_were_drawn(void **state)
{
    (void)state;
    scene s = SCENE_INIT;
    s.reefed = true;
    s.zone_wide_m = 450;
    s.zone_high_m = 100;
    for (double agl_m = 200; agl_m <= 250; agl_m += 50) {
        ab_error err = AB_ERROR_INIT;
        ab_sighter one;
        answer a = ask(&s, "reefed", agl_m, false);
        const ab_airdrop *d = a.drop;
        assert_int_equal(d->samples, 16 * 100);
        assert_true(d->inside.mean > 0.3 && d->inside.mean < 0.95);
        assert_int_equal(ab_airdrop_sighter(a.op, d, 1, 0, &one, &err), AB_OK);
        if (fabs(one.inside_before_prob - d->inside.mean) > 3 * sqrt(2) * d->inside_error_prob)
            fail_msg("%.0f m: inside %g by the drop, %g by the sighter", agl_m, d->inside.mean, one.inside_before_prob);
        assert_true(one.spread_after_m <= one.spread_before_m * 1.05 && one.spread_before_m > 20);
        end(&a);
    }
}

/* A load whose canopy fails may still come down in the zone, and counts as the drop counts it. */
static void a_sighter_counts_failed_loads_as_the_drop_does(void **state)
{
    (void)state;
    scene s = SCENE_INIT;
    s.failures = "50,20"; /* of fifty observed twenty failed: 26 % are expected to */
    s.zone_wide_m = s.zone_high_m = 3000;
    ab_error err = AB_ERROR_INIT;
    ab_sighter one;
    answer a = ask(&s, "lv", 300, false);
    assert_true(a.drop->failed.mean > 0.2 && a.drop->inside.mean > 0.95);
    assert_int_equal(ab_airdrop_sighter(a.op, a.drop, 1, 0, &one, &err), AB_OK);
    assert_true(fabs(one.inside_before_prob - a.drop->inside.mean) < 0.02);
    end(&a);
}

static ab_gate zone_gate_of(const answer *a, double inside, double error_prob)
{
    ab_airdrop drop = *a->drop;
    ab_gate gate;
    ab_arena *arena = ab__arena_new();
    ab__gate_facts facts = {.op = a->op, .access = a->access, .ground_known = true, .ground_msl_m = 200, .people_known = true, .highest_msl_m = NAN};
    drop.inside.mean = inside;
    drop.inside_error_prob = error_prob;
    assert_true(ab__gates_of(&facts, arena, &drop));
    gate = drop.gate[AB_GATE_ZONE];
    assert_true((strstr(gate.text, "errs by") != NULL) == (error_prob > 0.015));
    ab__arena_free(arena);
    return gate;
}

static void a_chance_from_few_passes_is_not_taken_for_more(void **state)
{
    (void)state;
    scene s = SCENE_INIT;
    answer a = ask(&s, "hv", 5000, false);
    assert_true(a.drop->inside_error_prob > 0 && a.drop->inside_error_prob <= 0.015);
    assert_int_equal(zone_gate_of(&a, 0.71, 0.01).state, AB_GATE_MET);
    assert_int_equal(zone_gate_of(&a, 0.69, 0.01).state, AB_GATE_NOT_MET);
    assert_int_equal(zone_gate_of(&a, 0.77, 0.04).state, AB_GATE_NOT_KNOWN);
    assert_int_equal(zone_gate_of(&a, 0.63, 0.04).state, AB_GATE_NOT_KNOWN);
    assert_int_equal(zone_gate_of(&a, 0.79, 0.04).state, AB_GATE_MET);
    assert_int_equal(zone_gate_of(&a, 0.61, 0.04).state, AB_GATE_NOT_MET);
    end(&a);
    s.passes = 1;
    a = ask(&s, "hv", 5000, false);
    assert_true(a.drop->inside_error_prob == 0.5 && a.drop->gate[AB_GATE_ZONE].state == AB_GATE_NOT_KNOWN);
    end(&a);
}

static void an_hour_takes_less_than_a_second(void **state)
{
    (void)state;
    scene s = SCENE_INIT;
    s.wind_e_mps = 12;
    struct timespec from, until;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
    answer a = ask(&s, "lv", 3000, false);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &until);
    double s_taken = (double)(until.tv_sec - from.tv_sec) + (double)(until.tv_nsec - from.tv_nsec) / 1e9;
    print_message("one zone, system and hour: %.3f s of one core, %d landings\n", s_taken, a.drop->samples);
    const char *sanitized = getenv("AB_SANITIZED");
    if (!sanitized || !*sanitized)
        assert_true(s_taken < 1);
    end(&a);
}

enum { MEMBERS = 50, LEVELS = 6, VALUES = 2 * MEMBERS * LEVELS * 4 };

/* An ensemble over the zone whose members blow east and west of `mean` by turns. */
static ab_forecast ensemble(ab_forecast_grid *g, float mean, float apart)
{
    static ab_time valid_at[2];
    static const double pressure_pa[LEVELS] = {99000, 90000, 75000, 60000, 47000, 37000};
    static const float height_m[LEVELS] = {190, 1000, 2600, 4400, 6100, 7700};
    static float e[VALUES], n[VALUES], height[VALUES];
    valid_at[0] = time_of("2030-03-02T06:00Z");
    valid_at[1] = time_of("2030-03-02T12:00Z");
    for (int32_t i = 0; i < VALUES; i++) {
        int32_t member = i / (4 * LEVELS) % MEMBERS;
        e[i] = mean + (member % 2 ? apart : -apart);
        height[i] = height_m[i / 4 % LEVELS];
    }
    *g = (ab_forecast_grid){.times = 2, .members = MEMBERS, .levels = LEVELS, .lats = 2, .lons = 2, .valid_at = valid_at,
                            .issued_at = time_of("2030-03-02T00:00Z"), .kind = AB_WIND_FORECAST, .pressure_pa = pressure_pa,
                            .lon_deg = 39.5, .lat_deg = 34.5, .step_lon_deg = 1, .step_lat_deg = 1, .wind_e_mps = e,
                            .wind_n_mps = n, .height_msl_m = height};
    return (ab_forecast){.grid = g, .source = "ensemble"};
}

static void members_of_an_ensemble_spread_the_loads(void **state)
{
    (void)state;
    scene s = SCENE_INIT;
    s.wind_kind = NULL;
    double area_m2[2];
    for (int k = 0; k < 2; k++) {
        ab_forecast_grid grid;
        ab_forecast forecast = ensemble(&grid, 6, k ? 5 : 0);
        answer a = {.op = operation(&s)};
        ab_error err = AB_ERROR_INIT;
        ab_issues *issues = ab_issues_new(0);
        ab_drop_options o = AB_DROP_OPTIONS_INIT;
        struct timespec from, until;
        assert_int_equal(ab_access_make(a.op, &a.access, &err), AB_OK);
        o.at = time_of("2030-03-02T09:00Z");
        o.system = small_row(a.op, AB_TABLE_dropsystems, "hv");
        o.release_agl_m = 5000;
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
        assert_int_equal(ab_airdrops_make(a.op, a.access, &forecast, NULL, &o, &a.drops, issues, &err), AB_OK);
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &until);
        const ab_airdrop *d = a.drops->drop;
        print_message("%d members: %.2f s of one core\n", d->wind->members,
                      (double)(until.tv_sec - from.tv_sec) + (double)(until.tv_nsec - from.tv_nsec) / 1e9);
        assert_true(d->wind->members == MEMBERS && d->wind->rms_mps < 2.5);
        assert_true(fabs(d->centre_e_m - 6 * d->fall_s) < 600);
        area_m2[k] = d->region[1].area_m2;
        ab_issues_free(issues);
        end(&a);
    }
    assert_true(area_m2[1] > 1.3 * area_m2[0]); /* two heaps, 2 km apart */
}

/* 72 hours of three systems at two heights in a minute: here some hours of them, all with AB_CALENDAR_H=72. */
static void a_calendar_takes_less_than_a_minute(void **state)
{
    (void)state;
    const char *asked = getenv("AB_CALENDAR_H"), *sanitized = getenv("AB_SANITIZED");
    int hours = asked ? atoi(asked) : 3;
    scene s = SCENE_INIT;
    s.wind_e_mps = 12;
    s.wind_kind = "climatology"; /* the widest clouds */
    ab_operation *op = operation(&s);
    ab_issues *issues = ab_issues_new(0);
    struct timespec from, until;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
    for (int h = 0; h < hours; h++) {
        ab_airdrops *drops;
        ab_drop_options o = AB_DROP_OPTIONS_INIT;
        o.at = time_of("2030-03-02T00:00Z") + h * 3600;
        assert_int_equal(try_make(op, o, &drops, issues), AB_OK);
        assert_int_equal(drops->count, 6);
        ab_airdrops_free(drops);
    }
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &until);
    double taken_s = (double)(until.tv_sec - from.tv_sec) + (double)(until.tv_nsec - from.tv_nsec) / 1e9;
    print_message("%d hours of three systems at two heights: %.1f s of one core, so 72 hours %.0f s\n", hours, taken_s, taken_s * 72 / hours);
    if (!sanitized || !*sanitized)
        assert_true(taken_s * 72 / hours < 60);
    ab_issues_free(issues);
    ab_operation_free(op);
}

/* Every allocation fails once. */
static void memory_that_runs_out_is_told(void **state)
{
    (void)state;
    scene s = SCENE_INIT;
    s.exclusion_kind = "built-up";
    s.ex_n_m = 1500;
    s.ex_wide_m = 3000;
    s.ex_high_m = 1600;
    ab_operation *op = operation(&s);
    ab_access *access;
    ab_error err = AB_ERROR_INIT;
    ab_drop_options o = AB_DROP_OPTIONS_INIT;
    ab_issues *issues = ab_issues_new(0);
    assert_int_equal(ab_access_make(op, &access, &err), AB_OK);
    o.at = time_of("2030-03-02T09:15Z");
    o.system = 0;
    o.passes = 20;
    o.release_agl_m = 5000;
    int64_t nth = 1;
    for (ab_status status = AB_NO_MEMORY; status != AB_OK; nth++) {
        ab_airdrops *drops;
        ab__fail_allocation(nth);
        status = ab_airdrops_make(op, access, NULL, NULL, &o, &drops, issues, &err);
        ab__fail_allocation(0);
        assert_true(status == AB_OK || (status == AB_NO_MEMORY && !drops));
        ab_airdrops_free(drops);
    }
    assert_true(nth > 10);
    ab_issues_free(issues);
    ab_access_free(access);
    ab_operation_free(op);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_wind_the_release_is_the_throw_before_the_middle),
        cmocka_unit_test(wind_moves_the_release_against_it),
        cmocka_unit_test(turning_the_world_turns_the_answer),
        cmocka_unit_test(a_larger_zone_holds_more),
        cmocka_unit_test(an_exclusion_pushes_the_loads_away),
        cmocka_unit_test(houses_count_people_under_loads),
        cmocka_unit_test(gates_open_and_shut),
        cmocka_unit_test(wind_far_above_the_zone_is_not_that_on_it),
        cmocka_unit_test(wind_on_the_ground_is_a_chance),
        cmocka_unit_test(people_are_known_by_what_is_drawn_near),
        cmocka_unit_test(deir_ez_zor_turns_from_no_go_to_go),
        cmocka_unit_test(sacks_fall_fast_and_near),
        cmocka_unit_test(bags_that_burst_are_not_recovered),
        cmocka_unit_test(a_stick_is_flown_over_the_ground),
        cmocka_unit_test(a_short_zone_asks_for_more_passes),
        cmocka_unit_test(an_overloaded_canopy_is_an_issue),
        cmocka_unit_test(ground_that_is_higher_meets_loads_earlier),
        cmocka_unit_test(terrain_that_ends_is_told_and_hills_are_seen),
        cmocka_unit_test(people_are_counted_where_a_raster_has_them),
        cmocka_unit_test(voids_among_people_are_not_empty_ground),
        cmocka_unit_test(heights_that_nobody_gives_are_not_met),
        cmocka_unit_test(all_that_fits_is_worked_out_alike_on_any_threads),
        cmocka_unit_test(drops_go_from_rank_to_rank_whole),
        cmocka_unit_test(a_sighter_is_worth_most_where_the_wind_is_unsure),
        cmocka_unit_test(a_sighter_counts_the_passes_that_were_drawn),
        cmocka_unit_test(a_sighter_counts_failed_loads_as_the_drop_does),
        cmocka_unit_test(a_chance_from_few_passes_is_not_taken_for_more),
        cmocka_unit_test(members_of_an_ensemble_spread_the_loads),
        cmocka_unit_test(an_hour_takes_less_than_a_second),
        cmocka_unit_test(a_calendar_takes_less_than_a_minute),
        cmocka_unit_test(memory_that_runs_out_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
