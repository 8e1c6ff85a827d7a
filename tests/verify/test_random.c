/* Operations drawn at random, planned, and proved: what the planner may do and what the proof allows are two
 * readings of one document, and must agree on every operation. */
#include "base/buf.h"
#include "verify/draft.h"

/* Under a sanitizer each takes twice as long. */
enum { OPERATIONS = 96, SANITIZED = 48 };

/* ---- An operation as tables ---- */

typedef struct drawing {
    draft random; /* for its draws alone */
    ab_buf text;
    int32_t places;
} drawing;

static double between(drawing *g, double least, double most)
{
    return least + (most - least) * (double)(next_random(&g->random) >> 11) / 9007199254740992.0;
}

static bool one_in(drawing *g, int32_t n)
{
    return any_of(&g->random, n) == 0;
}

/* A number, or an empty cell in one of two. */
static void cell(drawing *g, double least, double most)
{
    if (one_in(g, 2))
        ab__buf_printf(&g->text, ",");
    else
        ab__buf_printf(&g->text, ",%.2f", between(g, least, most));
}

static void whole(drawing *g, int32_t least, int32_t most)
{
    if (one_in(g, 2))
        ab__buf_printf(&g->text, ",");
    else
        ab__buf_printf(&g->text, ",%d", least + any_of(&g->random, most - least + 1));
}

static void add_settings(drawing *g)
{
    static const int32_t periods_h[] = {24, 24, 6, 12, 36, 48};

    ab__buf_printf(&g->text,
                   "[operation]\nkey,value\nname,drawn\nstart,2030-03-01T00:00Z\nend,2030-03-1%dT00:00Z\nperiod_h,%d\n"
                   "utc_offset_h,%d\ncover_days,%d\nretry_days,%d\nleast_arrival_prob,%.2f\n",
                   1 + any_of(&g->random, 4), periods_h[any_of(&g->random, 6)], any_of(&g->random, 4), 5 + any_of(&g->random, 30),
                   1 + any_of(&g->random, 7), between(g, 0, 0.4));
}

static void add_goods(drawing *g)
{
    ab__buf_printf(&g->text, "[commodities]\nid,category,need_kg_per_person_day,kcal_per_kg,package_kg,package_m3,usd_per_t,drop,"
                             "serves_people,serves_days\n");
    ab__buf_printf(&g->text, "flour,food,0.4,3500,50,0.08,400,free; lv,,\noil,food,0.03,8850,20,0.03,1300,lv,,\n");
    ab__buf_printf(&g->text, "water,water,5,,20,0.02,10,lv,,\nkit,medical,,,45,0.2,12000,,1000,30\n");
}

static void add_hubs(drawing *g)
{
    ab__buf_printf(&g->text, "[hubs]\nid,lon_deg,lat_deg,opens,closes,throughput_t_per_day,parking,runway_m\n");
    for (int32_t h = 0; h < 2; h++) {
        ab__buf_printf(&g->text, "h%d,%.3f,34,0%d:00,%d:00", h, 36 + 0.8 * h, any_of(&g->random, 8), 16 + any_of(&g->random, 8));
        cell(g, 20, 200);
        whole(g, 1, 4);
        ab__buf_printf(&g->text, ",2500\n");
    }
    ab__buf_printf(&g->text, "[links]\nid,from_hub,to_hub,mode,duration_h,capacity_t_per_day,customs_h,mandate_until\n");
    ab__buf_printf(&g->text, "l0,h0,h1,road,%.1f", between(g, 1, 30));
    cell(g, 10, 60);
    ab__buf_printf(&g->text, ",%.1f,%s\n", between(g, 0, 12), one_in(g, 2) ? "2030-03-06T10:00Z" : "");
}

static void add_stocks(drawing *g)
{
    static const char *const goods[] = {"flour", "oil", "water", "kit"};

    ab__buf_printf(&g->text, "[stocks]\nhub,commodity,mass_t,available_from,certainty_prob\n");
    for (int32_t c = 0; c < 4; c++)
        for (int32_t h = 0; h < 2; h++)
            if (!one_in(g, 3))
                ab__buf_printf(&g->text, "h%d,%s,%.1f,%s,%.2f\n", h, goods[c], between(g, 1, 150),
                               one_in(g, 2) ? "2030-03-03T07:00Z" : "", between(g, 0.5, 1));
}

static void add_places(drawing *g)
{
    ab__buf_printf(&g->text, "[places]\nid,lon_deg,lat_deg,population,cut_off_since,stock_days,handling_t_per_day,runway_m,parking\n");
    for (int32_t p = 0; p < g->places; p++) {
        ab__buf_printf(&g->text, "p%d,%.3f,%.3f,%d,%s", p, between(g, 36, 38), between(g, 33.5, 34.5), any_of(&g->random, 30000),
                       one_in(g, 2) ? "2029-10-01" : "");
        cell(g, 0, 6);
        cell(g, 5, 80);
        whole(g, 1000, 2500);
        whole(g, 1, 3);
        ab__buf_printf(&g->text, "\n");
    }
    ab__buf_printf(&g->text, "[dropzones]\nid,place,wkt\nz0,p0,\"POLYGON((36.5 33.9,36.51 33.9,36.51 33.91,36.5 33.91,36.5 33.9))\"\n");
}

static void add_fleet(drawing *g)
{
    ab__buf_printf(&g->text, "[vehicles]\nid,mode,base,speed_km_h,count,payload_t,payload_m3,pallets,ferry_range_km,usd_per_h,"
                             "turnround_h,duty_h_per_day,sorties_per_day,convoy_max,runway_needed_m,drop_speed_km_h\n");
    for (int32_t h = 0; h < 2; h++) {
        ab__buf_printf(&g->text, "truck%d,road,h%d,%.0f,%d,%.1f", h, h, between(g, 15, 60), 1 + any_of(&g->random, 20), between(g, 3, 20));
        cell(g, 5, 40);
        ab__buf_printf(&g->text, ",,,%.0f,%.1f,%d", between(g, 0, 50), between(g, 0, 4), 6 + any_of(&g->random, 8));
        cell(g, 0.2, 2);
        whole(g, 1, 10);
        ab__buf_printf(&g->text, ",,\n");
    }
    ab__buf_printf(&g->text, "plane,air,h0,400,%d,15,60,4,%.0f,3000,2,12", 1 + any_of(&g->random, 2), between(g, 100, 900));
    cell(g, 0.2, 2);
    ab__buf_printf(&g->text, ",,1200,250\nheli,helicopter,h1,180,2,2,8,,600,900,1,8,,,,\n");
    ab__buf_printf(&g->text, "[dropsystems]\nid,kind,load_max_kg,canopies_in_stock,rigged_per_day,usd_each,airspeed_max_km_h\ncanopy,lv,900");
    whole(g, 1, 30);
    whole(g, 1, 6);
    ab__buf_printf(&g->text, ",2000,300\n");
}

static void add_pacts(drawing *g)
{
    static const char *const kinds[] = {"corridor", "corridor", "ceasefire", "clearance", "quota"};

    ab__buf_printf(&g->text, "[agreements]\nid,kind,subjects,from,until,daily_from,daily_until,notice_h,quota_trips_per_day,"
                             "quota_t_per_day,hold_prob_per_day,link_group\n");
    for (int32_t i = 0; i < 4; i++) {
        ab__buf_printf(&g->text, "a%d,%s,%s,2030-03-0%dT06:00Z,%s", i, kinds[any_of(&g->random, 5)],
                       one_in(g, 4) ? "" : i % 2 ? "place:p1" : "place:p0", 1 + any_of(&g->random, 5),
                       one_in(g, 2) ? "2030-03-09T12:00Z" : "");
        ab__buf_printf(&g->text, ",%s,%s,%d", one_in(g, 2) ? "" : "07:00", one_in(g, 2) ? "" : "19:00", any_of(&g->random, 2) * 30);
        whole(g, 1, 8);
        cell(g, 5, 60);
        ab__buf_printf(&g->text, ",%.2f,%s\n", between(g, 0.9, 1), i < 2 && one_in(g, 2) ? "pair" : "");
    }
    ab__buf_printf(&g->text, "[requests]\nid,asked_at,place,commodities,reply,reply_at,valid_until\n");
    for (int32_t i = 0; i < 3; i++)
        ab__buf_printf(&g->text, "q%d,2030-02-2%dT00:00Z,p%d,%s,%s,2030-03-0%dT00:00Z,%s\n", i, 1 + i, any_of(&g->random, g->places),
                       one_in(g, 3) ? "food" : "", one_in(g, 3) ? "refused" : "approved", 1 + any_of(&g->random, 4),
                       one_in(g, 3) ? "2030-03-08T00:00Z" : "");
}

static void add_reports(drawing *g)
{
    static const char *const states[] = {"open", "closed", "restricted"};

    ab__buf_printf(&g->text, "[access]\nid,subject,state,commodities,reported_at,reliability,credibility\n");
    for (int32_t i = 0; i < 4; i++)
        ab__buf_printf(&g->text, "r%d,%s%d,%s,%s,2030-03-0%dT00:00Z,%c,%d\n", i, one_in(g, 4) ? "hub:h" : "place:p",
                       any_of(&g->random, 2), states[any_of(&g->random, 3)], one_in(g, 3) ? "oil" : "", 1 + any_of(&g->random, 5),
                       'A' + any_of(&g->random, 5), 1 + any_of(&g->random, 5));
}

static void add_promises(drawing *g)
{
    static const char *const locks[] = {"fixed", "at least", "at most", "forbidden"};

    ab__buf_printf(&g->text, "[commitments]\nid,lock,date,vehicle,place,commodity,mass_t,trips\n");
    for (int32_t i = 0; i < 2; i++) {
        ab__buf_printf(&g->text, "c%d,%s,%s,%s,p%d,%s", i, locks[any_of(&g->random, 4)], one_in(g, 2) ? "2030-03-05" : "",
                       one_in(g, 2) ? "truck0" : "", any_of(&g->random, g->places), one_in(g, 3) ? "flour" : "");
        cell(g, 1, 12);
        whole(g, 0, 3);
        ab__buf_printf(&g->text, "\n");
    }
}

static const char *draw(drawing *g, uint64_t seed)
{
    *g = (drawing){.random = {.random = seed}, .places = 3};
    add_settings(g);
    add_goods(g);
    add_hubs(g);
    add_stocks(g);
    add_places(g);
    add_fleet(g);
    add_pacts(g);
    add_reports(g);
    if (one_in(g, 2))
        add_promises(g);
    return ab__buf_text(&g->text);
}

/* ---- Proof ---- */

static void every_plan_is_accepted(void **state)
{
    const char *sanitizers = getenv("AB_SANITIZED");
    int32_t trips = 0, operations = sanitizers && sanitizers[0] ? SANITIZED : OPERATIONS;

    (void)state;
    for (int32_t seed = 1; seed <= operations; seed++) {
        drawing g;
        char name[32];
        draft d;
        planned p = {.name = name, .read = small_operation(draw(&g, (uint64_t)seed))};
        snprintf(name, sizeof name, "operation %d", (int)seed);
        plan_it(&p, NULL);
        make_draft(&d, &p, 1);
        trips += COUNT(&d, trips);
        accept_draft(&d, name);
        free_draft(&d);
        free_planned(&p);
        ab__buf_free(&g.text);
    }
    print_message("%d trips in %d operations\n", (int)trips, (int)operations);
    assert_true(trips > 10 * operations);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_plan_is_accepted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
