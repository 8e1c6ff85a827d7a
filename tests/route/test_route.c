#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "airbridge/route.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/draw.h"
#include "geo/geodesic.h"
#include "support/small.h"

static ab_routes *routes_of(const ab_operation *op)
{
    ab_routes *routes = NULL;
    ab_error err = AB_ERROR_INIT;
    assert_int_equal(ab_routes_make(op, &routes, &err), AB_OK);
    return routes;
}

/* Are the roads of a path these ids, in order, separated by blanks? */
static void check_roads(const ab_operation *op, const ab_path *path, const char *ids)
{
    char found[400] = "";
    for (int32_t i = 0; i < path->road_count; i++) {
        size_t used = strlen(found);
        snprintf(found + used, sizeof found - used, "%s%s", i > 0 ? " " : "",
                 op->roads.at[path->road[i]].id);
    }
    assert_string_equal(found, ids);
}

#define SETTINGS                                                                                   \
    "[operation]\nkey,value\nname,small\nstart,2030-03-01T00:00Z\nend,2030-03-11T00:00Z\n"
/* The hub at 36 E 34 N, the town at 36.5 E 34 N. */
#define ROADS "[roads]\nid,wkt,speed_km_h,oneway\n"

static void roads_meet_only_where_they_share_a_vertex(void **state)
{
    (void)state;
    ab_operation *op =
        small_operation(ROADS "r1,\"LINESTRING(36 34,36.2 34)\",50,\nr2,\"LINESTRING(36.2 "
                              "34,36.5 34)\",50,\n");
    ab_routes *routes = routes_of(op);
    assert_int_equal(routes->path_count, 1);
    check_roads(op, &routes->path[0], "r1 r2");
    small_near(routes->path[0].distance_m,
               ab__geodesic_m(36, 34, 36.2, 34) + ab__geodesic_m(36.2, 34, 36.5, 34));
    ab_routes_free(routes);
    ab_operation_free(op);
    /* r1 passes over r2 without a vertex: a bridge. */
    op = small_operation(ROADS "r1,\"LINESTRING(36 34,36.2 34.1)\",50,\n"
                               "r2,\"LINESTRING(36.05 34.1,36.15 34,36.5 34)\",50,\n");
    routes = routes_of(op);
    assert_int_equal(routes->path_count, 0);
    ab_routes_free(routes);
    ab_operation_free(op);
}

static void vertices_that_nearly_coincide_meet(void **state)
{
    (void)state;
    /* 0.0002 degrees of latitude are 22 m, 0.0004 are 44 m. */
    const char near[] = ROADS "r1,\"LINESTRING(36 34,36.2 34)\",50,\n"
                              "r2,\"LINESTRING(36.2 34.0002,36.5 34)\",50,\n";
    ab_operation *op = small_operation(near);
    ab_routes *routes = routes_of(op);
    assert_int_equal(routes->path_count, 1);
    check_roads(op, &routes->path[0], "r1 r2");
    ab_routes_free(routes);
    ab_operation_free(op);
    op = small_changed(near, "34.0002", "34.0004");
    routes = routes_of(op);
    assert_int_equal(routes->path_count, 0);
    ab_routes_free(routes);
    ab_operation_free(op);
}

static void a_finely_drawn_road_keeps_its_length(void **state)
{
    (void)state;
    /* Vertices every nine metres: nearer to one another than roads that meet. */
    ab_buf tables = AB_BUF_INIT;
    ab__buf_add(&tables, "[places]\nid,lon_deg,lat_deg,population\ntown,36.05,34,10\n" ROADS
                         "r1,\"LINESTRING(");
    for (int i = 0; i <= 500; i++) {
        ab__buf_printf(&tables, "%s%.4f 34", i > 0 ? "," : "", 36 + i * 1e-4);
    }
    ab__buf_add(&tables, ")\",50,\n");
    ab_operation *op = small_operation(ab__buf_text(&tables));
    ab__buf_free(&tables);
    ab_routes *routes = routes_of(op);
    assert_int_equal(routes->path_count, 1);
    assert_true(fabs(routes->path[0].distance_m - ab__geodesic_m(36, 34, 36.05, 34)) < 0.1);
    ab_routes_free(routes);
    ab_operation_free(op);
}

static void the_fastest_way_is_not_the_shortest(void **state)
{
    (void)state;
    ab_operation *op = small_operation(ROADS "track,\"LINESTRING(36 34,36.5 34)\",15,\n"
                                             "main,\"LINESTRING(36 34,36.25 34.1,36.5 34)\",60,\n");
    ab_routes *routes = routes_of(op);
    assert_int_equal(routes->path_count, 2);
    check_roads(op, &routes->path[0], "main");
    check_roads(op, &routes->path[1], "track");
    double main_m = ab__geodesic_m(36, 34, 36.25, 34.1) + ab__geodesic_m(36.25, 34.1, 36.5, 34);
    small_near(routes->path[0].distance_m, main_m);
    small_near(routes->path[0].duration_s, main_m / (60 / 3.6));
    small_near(routes->path[1].duration_s, ab__geodesic_m(36, 34, 36.5, 34) / (15 / 3.6));
    assert_int_equal(routes->path[0].point_count, 3);
    small_near(routes->path[0].lon_lat_deg[2], 36.25);
    small_near(routes->path[0].lon_lat_deg[5], 34);
    ab_routes_free(routes);
    ab_operation_free(op);
}

static void a_road_without_a_speed_is_driven_at_the_convoys_speed(void **state)
{
    (void)state;
    ab_operation *op = small_operation(ROADS "r1,\"LINESTRING(36 34,36.5 34)\",,\n");
    ab_routes *routes = routes_of(op);
    small_near(routes->path[0].duration_s, ab__geodesic_m(36, 34, 36.5, 34) / (30 / 3.6));
    ab_routes_free(routes);
    ab_operation_free(op);
}

static void nobody_drives_against_a_one_way_road(void **state)
{
    (void)state;
    ab_operation *op = small_operation(ROADS "r1,\"LINESTRING(36 34,36.5 34)\",50,yes\n");
    ab_routes *routes = routes_of(op);
    assert_int_equal(routes->path_count, 1);
    ab_routes_free(routes);
    ab_operation_free(op);
    op = small_operation(ROADS "r1,\"LINESTRING(36.5 34,36 34)\",50,yes\n");
    routes = routes_of(op);
    assert_int_equal(routes->path_count, 0);
    ab_routes_free(routes);
    ab_operation_free(op);
}

static void hub_and_place_join_the_road_at_its_nearest_point(void **state)
{
    (void)state;
    ab_operation *op =
        small_operation(SETTINGS "[hubs]\nid,lon_deg,lat_deg\nhub,36.01,34.1\n[places]\n"
                                 "id,lon_deg,lat_deg,population\ntown,35.98,34.3,10\n" ROADS
                                 "r1,\"LINESTRING(36 34,36 35)\",60,\n");
    ab_routes *routes = routes_of(op);
    assert_int_equal(routes->path_count, 1);
    const ab_path *path = &routes->path[0];
    double legs_m = ab__geodesic_m(36.01, 34.1, 36, 34.1) + ab__geodesic_m(35.98, 34.3, 36, 34.3);
    double road_m = ab__geodesic_m(36, 34.1, 36, 34.3);
    assert_true(fabs(path->distance_m - legs_m - road_m) < 1);
    assert_true(fabs(path->duration_s - legs_m / (15 / 3.6) - road_m / (60 / 3.6)) < 1);
    assert_int_equal(path->point_count, 4);
    check_roads(op, path, "r1");
    ab_routes_free(routes);
    ab_operation_free(op);
}

static void only_a_place_off_every_road_is_reached_by_a_straight_line(void **state)
{
    (void)state;
    /* `wild` lies 22 km off; `island` on a road that connects to nothing; `camp` off, but the hub too. */
    ab_operation *op = small_operation(
        "[hubs]\nid,lon_deg,lat_deg\nhub,36,34\nlost,36,33\n[places]\n"
        "id,lon_deg,lat_deg,population\nisland,37,34,10\nwild,36.2,34.2,10\n" ROADS
        "r1,\"LINESTRING(36 34,36.5 34)\",60,\nr2,\"LINESTRING(36.9 34,37.1 34)\",60,\n");
    ab_routes *routes = routes_of(op);
    assert_int_equal(routes->path_count, 2);
    for (int32_t i = 0; i < 2; i++) {
        const ab_path *path = &routes->path[i];
        assert_int_equal(path->hub, i);
        assert_int_equal(path->place, 1);
        assert_false(path->drawn);
        assert_int_equal(path->road_count, 0);
        assert_int_equal(path->point_count, 2);
        double line_m = ab__geodesic_m(36, i == 0 ? 34 : 33, 36.2, 34.2);
        small_near(path->distance_m, 1.4 * line_m);
        small_near(path->duration_s, 1.4 * line_m / (30 / 3.6));
    }
    small_near(routes->air_m[1], ab__geodesic_m(36, 34, 36.2, 34.2));
    small_near(routes->hub_air_m[1], ab__geodesic_m(36, 34, 36, 33));
    small_near(routes->hub_air_m[3], 0);
    ab_routes_free(routes);
    ab_operation_free(op);
}

static void alternatives_avoid_a_road_of_each_faster_way(void **state)
{
    (void)state;
    /* a-b is the fastest; the river is crossed by b, c or d, always after a; e is the slow way round. */
    ab_operation *op = small_operation(ROADS "a,\"LINESTRING(36 34,36.2 34)\",60,\n"
                                             "b,\"LINESTRING(36.2 34,36.5 34)\",60,\n"
                                             "c,\"LINESTRING(36.2 34,36.3 34.05,36.5 34)\",60,\n"
                                             "d,\"LINESTRING(36.2 34,36.3 34.07,36.5 34)\",60,\n"
                                             "e,\"LINESTRING(36 34,36.2 34.3,36.5 34)\",60,\n");
    ab_routes *routes = routes_of(op);
    assert_int_equal(routes->path_count, 3);
    check_roads(op, &routes->path[0], "a b");
    check_roads(op, &routes->path[1], "a c");
    /* Avoids b of the first and c of the second way. */
    check_roads(op, &routes->path[2], "a d");
    ab_routes_free(routes);
    ab_operation_free(op);
}

static void a_hub_in_the_place_has_a_way_of_no_length(void **state)
{
    (void)state;
    ab_operation *op = small_operation("[hubs]\nid,lon_deg,lat_deg\nhub,36.5,34\n" ROADS
                                       "r1,\"LINESTRING(36 34,36.5 34)\",60,\n");
    ab_routes *routes = routes_of(op);
    assert_int_equal(routes->path_count, 1);
    small_near(routes->path[0].distance_m, 0);
    small_near(routes->path[0].duration_s, 0);
    ab_routes_free(routes);
    ab_operation_free(op);
}

/* ---- Against brute force, on random small networks ---- */

enum { SIDE = 4, NODES = SIDE * SIDE, MOST_ROADS = 40 };

typedef struct network {
    int road_count;
    int from[MOST_ROADS], to[MOST_ROADS];
    double speed_km_h[MOST_ROADS];
    bool oneway[MOST_ROADS];
    double lon_deg[NODES], lat_deg[NODES];
} network;

static uint32_t draw(uint64_t *state, uint32_t below)
{
    return (uint32_t)(draw_bits(state) % below);
}

static network random_network(uint64_t seed)
{
    network n = {.road_count = 12 + (int)draw(&seed, MOST_ROADS - 12)};
    for (int i = 0; i < NODES; i++) {
        n.lon_deg[i] = 36 + 0.2 * (i % SIDE) + 1e-4 * draw(&seed, 1000);
        n.lat_deg[i] = 34 + 0.2 * (i / SIDE) + 1e-4 * draw(&seed, 1000);
    }
    for (int r = 0; r < n.road_count; r++) {
        n.from[r] = (int)draw(&seed, NODES);
        do {
            n.to[r] = (int)draw(&seed, NODES);
        } while (n.to[r] == n.from[r]);
        n.speed_km_h[r] = 10 + draw(&seed, 60);
        n.oneway[r] = draw(&seed, 4) == 0;
    }
    return n;
}

/* The hub at node 0, the place at the last one. `order[i]` is the road in row i. */
static ab_operation *operation_of(const network *n, const int *order)
{
    ab_buf text = AB_BUF_INIT;
    ab__buf_printf(&text,
                   "[hubs]\nid,lon_deg,lat_deg\nhub,%.4f,%.4f\n[places]\n"
                   "id,lon_deg,lat_deg,population\ntown,%.4f,%.4f,10\n" ROADS,
                   n->lon_deg[0], n->lat_deg[0], n->lon_deg[NODES - 1], n->lat_deg[NODES - 1]);
    for (int i = 0; i < n->road_count; i++) {
        int r = order != NULL ? order[i] : i;
        int from = n->from[r], to = n->to[r];
        ab__buf_printf(&text, "r%02d,\"LINESTRING(%.4f %.4f,%.4f %.4f)\",%g,%s\n", r,
                       n->lon_deg[from], n->lat_deg[from], n->lon_deg[to], n->lat_deg[to],
                       n->speed_km_h[r], n->oneway[r] ? "yes" : "no");
    }
    ab_operation *op = small_operation(ab__buf_text(&text));
    ab__buf_free(&text);
    return op;
}

/* Bellman-Ford over the written coordinates; infinite where there is no way. */
static double brute_force_s(const network *n, const ab_operation *op, uint64_t avoided)
{
    double best_s[NODES];
    for (int i = 0; i < NODES; i++) {
        best_s[i] = i == 0 ? 0 : INFINITY;
    }
    for (int pass = 0; pass < NODES; pass++) {
        for (int r = 0; r < n->road_count; r++) {
            if ((avoided >> r & 1) != 0) {
                continue;
            }
            const double *at = op->roads.at[r].shape.lon_lat_deg;
            double s = ab__geodesic_m(at[0], at[1], at[2], at[3]) / (n->speed_km_h[r] / 3.6);
            best_s[n->to[r]] = fmin(best_s[n->to[r]], best_s[n->from[r]] + s);
            if (!n->oneway[r]) {
                best_s[n->from[r]] = fmin(best_s[n->from[r]], best_s[n->to[r]] + s);
            }
        }
    }
    return best_s[NODES - 1];
}

static double alternative_s(const network *n, const ab_operation *op, const ab_path *first,
                            const ab_path *second)
{
    double best_s = INFINITY;
    for (int32_t i = 0; i < first->road_count; i++) {
        uint64_t a = (uint64_t)1 << first->road[i];
        if (second == NULL) {
            best_s = fmin(best_s, brute_force_s(n, op, a));
        }
        for (int32_t k = 0; second != NULL && k < second->road_count; k++) {
            best_s = fmin(best_s, brute_force_s(n, op, a | (uint64_t)1 << second->road[k]));
        }
    }
    return best_s;
}

static void ways_equal_those_of_brute_force(void **state)
{
    (void)state;
    int drawn = 0, alternatives = 0;
    for (uint64_t seed = 1; seed <= 150; seed++) {
        network n = random_network(seed);
        ab_operation *op = operation_of(&n, NULL);
        ab_routes *routes = routes_of(op);
        double expected_s = brute_force_s(&n, op, 0);
        if (routes->path_count > 0 && !routes->path[0].drawn) {
            ab_routes_free(routes); /* no road ends at the town */
            ab_operation_free(op);
            continue;
        }
        drawn++;
        assert_true(isfinite(expected_s) == (routes->path_count > 0));
        for (int32_t i = 0; i < routes->path_count; i++) {
            const ab_path *first = &routes->path[0], *second = i == 2 ? &routes->path[1] : NULL;
            double should_s = i == 0 ? expected_s : alternative_s(&n, op, first, second);
            small_near(routes->path[i].duration_s, should_s);
            alternatives += i > 0;
        }
        if (routes->path_count == 1 || routes->path_count == 2) {
            const ab_path *second = routes->path_count == 2 ? &routes->path[1] : NULL;
            assert_true(alternative_s(&n, op, &routes->path[0], second) == INFINITY);
        }
        ab_routes_free(routes);
        ab_operation_free(op);
    }
    assert_true(drawn > 50 && alternatives > 30);
}

static void more_speed_is_never_slower(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        network n = random_network(seed);
        ab_operation *op = operation_of(&n, NULL);
        ab_routes *routes = routes_of(op);
        double before_s = routes->path_count > 0 ? routes->path[0].duration_s : INFINITY;
        ab_routes_free(routes);
        ab_operation_free(op);
        uint64_t luck = seed;
        n.speed_km_h[draw(&luck, (uint32_t)n.road_count)] += 40;
        op = operation_of(&n, NULL);
        routes = routes_of(op);
        double after_s = routes->path_count > 0 ? routes->path[0].duration_s : INFINITY;
        assert_true(after_s <= before_s);
        ab_routes_free(routes);
        ab_operation_free(op);
    }
}

static void the_order_of_road_rows_does_not_matter(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        network n = random_network(seed);
        int order[MOST_ROADS];
        uint64_t luck = seed;
        for (int i = 0; i < n.road_count; i++) {
            int k = (int)draw(&luck, (uint32_t)i + 1);
            order[i] = order[k];
            order[k] = i;
        }
        ab_operation *a = operation_of(&n, NULL), *b = operation_of(&n, order);
        ab_routes *x = routes_of(a), *y = routes_of(b);
        assert_int_equal(x->path_count, y->path_count);
        for (int32_t i = 0; i < x->path_count; i++) {
            const ab_path *p = &x->path[i], *q = &y->path[i];
            assert_true(p->duration_s == q->duration_s && p->distance_m == q->distance_m);
            assert_int_equal(p->road_count, q->road_count);
            for (int32_t r = 0; r < p->road_count; r++) {
                assert_string_equal(a->roads.at[p->road[r]].id, b->roads.at[q->road[r]].id);
            }
        }
        ab_routes_free(x);
        ab_routes_free(y);
        ab_operation_free(a);
        ab_operation_free(b);
    }
}

/* ---- */

static void the_made_up_valley_is_driven_along_its_roads(void **state)
{
    (void)state;
    ab_operation *op = small_mini();
    if (op == NULL) {
        skip();
    }
    ab_routes *routes = routes_of(op);
    /* port and field to three places each, one way apiece: the roads form a tree. */
    assert_int_equal(routes->path_count, 6);
    const ab_path *path = &routes->path[1];
    assert_int_equal(path->hub, small_row(op, AB_TABLE_hubs, "port"));
    assert_int_equal(path->place, small_row(op, AB_TABLE_places, "ridge"));
    check_roads(op, path, "r1 r2");
    check_roads(op, &routes->path[5], "r4 r1 r3");
    ab_routes_free(routes);
    ab_operation_free(op);
}

static void whichever_allocation_fails_it_is_said_and_nothing_is_left(void **state)
{
    (void)state;
    ab_operation *op = small_operation(ROADS "a,\"LINESTRING(36 34,36.5 34)\",60,\n"
                                             "b,\"LINESTRING(36 34,36.3 34.1,36.5 34)\",60,\n");
    ab_status status = AB_NO_MEMORY;
    for (int64_t nth = 1; status != AB_OK; nth++) {
        ab_routes *routes = NULL;
        ab_error err = AB_ERROR_INIT;
        ab__fail_allocation(nth);
        status = ab_routes_make(op, &routes, &err);
        ab__fail_allocation(0);
        assert_true(status == AB_OK || (status == AB_NO_MEMORY && routes == NULL));
        assert_true(status == AB_OK || strlen(err.message) > 0);
        ab_routes_free(routes);
    }
    ab_operation_free(op);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(roads_meet_only_where_they_share_a_vertex),
        cmocka_unit_test(vertices_that_nearly_coincide_meet),
        cmocka_unit_test(a_finely_drawn_road_keeps_its_length),
        cmocka_unit_test(the_fastest_way_is_not_the_shortest),
        cmocka_unit_test(a_road_without_a_speed_is_driven_at_the_convoys_speed),
        cmocka_unit_test(nobody_drives_against_a_one_way_road),
        cmocka_unit_test(hub_and_place_join_the_road_at_its_nearest_point),
        cmocka_unit_test(only_a_place_off_every_road_is_reached_by_a_straight_line),
        cmocka_unit_test(alternatives_avoid_a_road_of_each_faster_way),
        cmocka_unit_test(a_hub_in_the_place_has_a_way_of_no_length),
        cmocka_unit_test(ways_equal_those_of_brute_force),
        cmocka_unit_test(more_speed_is_never_slower),
        cmocka_unit_test(the_order_of_road_rows_does_not_matter),
        cmocka_unit_test(the_made_up_valley_is_driven_along_its_roads),
        cmocka_unit_test(whichever_allocation_fails_it_is_said_and_nothing_is_left),
    };
    return cmocka_run_group_tests_name("route/route", tests, NULL, NULL);
}
