/* Forecasts and terrain on their way from a child: whole or not at all, and nothing out of bounds is taken. */
#include "io/support.h"

#include <math.h>

#include "io/air_wire.h"

static bool put(void *context, void *bytes, size_t size)
{
    ab__buf_add_n(context, bytes, size);
    return !((ab_buf *)context)->failed;
}

typedef struct bytes_left {
    const char *at;
    size_t left;
} bytes_left;

static bool take(void *context, void *bytes, size_t size)
{
    bytes_left *from = context;

    if (size > from->left)
        return false;
    memcpy(bytes, from->at, size);
    from->at += size;
    from->left -= size;
    return true;
}

/* What comes of the bytes; the arena is the caller's. */
static ab_wire_end receive(const char *at, size_t size, ab_arena *arena, ab_air_parcel *out)
{
    bytes_left from = {at, size};
    ab_issues *issues = ab_issues_new(0);
    ab_error ended = AB_ERROR_INIT;

    *out = (ab_air_parcel){.arena = arena};
    ab_wire_end end = ab__air_receive(&(ab_wire){take, &from}, out, issues, &ended);
    ab_issues_free(issues);
    return end;
}

static ab_buf send(const ab_air_parcel *parcel)
{
    ab_buf bytes = AB_BUF_INIT;
    ab_issues *issues = ab_issues_new(0);
    ab_error ended = AB_ERROR_INIT;

    assert_true(ab__air_send(&(ab_wire){put, &bytes}, parcel, issues, &ended));
    ab_issues_free(issues);
    return bytes;
}

static const ab_time hours[2] = {1000, 4600};
static const double pressures[2] = {85000, 50000};
static const float winds[8] = {1, 2, 3, 4, 5, NAN, 7, 8},
                   heights[8] = {1500, 1500, 5500, 5500, 1400, 1400, 5400, 5400};
static const ab_forecast_grid a_grid = {.times = 2,
                                        .members = 1,
                                        .levels = 2,
                                        .lats = 1,
                                        .lons = 2,
                                        .valid_at = hours,
                                        .issued_at = AB_TIME_NONE,
                                        .analysis = true,
                                        .kind = AB_WIND_FORECAST,
                                        .pressure_pa = pressures,
                                        .lon_deg = 36,
                                        .lat_deg = 34,
                                        .step_lon_deg = 1,
                                        .step_lat_deg = 1,
                                        .wind_e_mps = winds,
                                        .wind_n_mps = winds,
                                        .height_msl_m = heights};

static void a_grid_comes_through(void **state)
{
    (void)state;
    ab_arena *arena = ab__arena_new();
    ab_air_parcel got, sent = {.grid = &a_grid};
    ab_buf bytes = send(&sent);

    assert_int_equal(receive(bytes.text, bytes.size, arena, &got), AB_WIRE_WHOLE);
    assert_int_equal(got.grid->times, 2);
    assert_true(got.grid->valid_at[1] == 4600 && got.grid->issued_at == AB_TIME_NONE && got.grid->analysis);
    assert_memory_equal(got.grid->wind_e_mps, winds, sizeof winds);
    assert_memory_equal(got.grid->height_msl_m, heights, sizeof heights);
    assert_null(got.grid->temp_k);
    for (size_t size = 0; size < bytes.size; size++)
        assert_int_equal(receive(bytes.text, size, arena, &got), AB_WIRE_TORN);
    ab__buf_free(&bytes);
    ab__arena_free(arena);
}

/* Whatever a single byte says, what is taken for whole keeps its order. */
static void no_byte_is_believed(void **state)
{
    (void)state;
    ab_air_parcel got, sent = {.grid = &a_grid};
    ab_buf bytes = send(&sent);
    int whole = 0, torn = 0;

    for (size_t at = 0; at < bytes.size; at++)
        for (int flip = 1; flip < 256; flip += 2) {
            ab_arena *arena = ab__arena_new();
            bytes.text[at] = (char)(bytes.text[at] ^ flip);
            ab_wire_end end = receive(bytes.text, bytes.size, arena, &got);
            bytes.text[at] = (char)(bytes.text[at] ^ flip);
            assert_true(end == AB_WIRE_WHOLE || end == AB_WIRE_TORN);
            if (end == AB_WIRE_WHOLE && got.grid != NULL) {
                assert_true(got.grid->valid_at[0] < got.grid->valid_at[1]);
                assert_true(got.grid->pressure_pa[0] > got.grid->pressure_pa[1]);
                for (int i = 0; i < 8; i++)
                    assert_true(!isinf(got.grid->wind_e_mps[i]));
            }
            whole += end == AB_WIRE_WHOLE;
            torn += end == AB_WIRE_TORN;
            ab__arena_free(arena);
        }
    assert_true(whole > 1000 && torn > 1000);
    ab__buf_free(&bytes);
}

/* Grids that no reader makes: orders broken, values out of bounds, more than is allowed. */
static void what_is_out_of_order_is_torn(void **state)
{
    (void)state;
    static const ab_time back[2] = {4600, 1000};
    static const double rising[2] = {50000, 85000};
    static const float endless[8] = {INFINITY};
    ab_forecast_grid wrong[7];

    for (int i = 0; i < 7; i++)
        wrong[i] = a_grid;
    wrong[0].valid_at = back;
    wrong[1].pressure_pa = rising;
    wrong[2].wind_n_mps = endless;
    wrong[3].step_lat_deg = 0;
    wrong[4].lat_deg = NAN;
    wrong[5].kind = (ab_wind_kind)99;
    wrong[6].issued_at = INT64_MAX;
    for (int i = 0; i < 7; i++) {
        ab_arena *arena = ab__arena_new();
        ab_air_parcel got, sent = {.grid = &wrong[i]};
        ab_buf bytes = send(&sent);
        if (receive(bytes.text, bytes.size, arena, &got) != AB_WIRE_TORN)
            fail_msg("wrong grid %d was taken", i);
        ab__buf_free(&bytes);
        ab__arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_grid_comes_through),
        cmocka_unit_test(no_byte_is_believed),
        cmocka_unit_test(what_is_out_of_order_is_torn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
