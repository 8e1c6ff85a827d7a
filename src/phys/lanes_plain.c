/* Compiled for any machine of its kind; and what was drawn, told one landing at a time. */
#define LAND ab__lanes_land_plain
#include "phys/lanes.inc"

void ab__landing_drawn(const ab_landing_table *table, uint64_t seed, int64_t pass, int32_t load, ab_drawn *out)
{
    const ab_drop_case *c = &table->drop;
    ab_lanes lanes = {table, &table->member[pass % c->members], seed, pass, 1, 1};
    pass_draws p;
    load_draws d;
    wind_draws wind;
    draw_pass(&lanes, &p);
    draw_wind(&lanes, &p, &wind);
    for (int32_t k = 0; k <= load; k++)
        draw_load(&lanes, k, &p, &d);
    const ab_scatter *s = &c->scatter;
    *out = (ab_drawn){
        .drag_factor = exp((double)d.ballistic[0] + (double)d.log_mass[0]),
        .mass_factor = exp((double)d.log_mass[0]),
        .failed = d.failed[0],
        .late_s = load * s->exit_interval_s + s->aim_timing_s * (double)p.timing[0] + s->exit_timing_s * (double)d.exit[0],
        .heading_off_rad = s->aim_heading_deg * 0.017453292519943295 * (double)p.heading[0],
        .position_along_m = s->aim_position_m * (double)p.position_along[0],
        .position_across_m = s->aim_position_m * (double)p.position_across[0],
        .gust_e_m = s->gust_m * (double)d.gust_e[0],
        .gust_n_m = s->gust_m * (double)d.gust_n[0],
    };
    for (int32_t i = 0; i < table->error.count; i++) {
        out->error_e_mps[i] = (double)wind.e_mps[i][0];
        out->error_n_mps[i] = (double)wind.n_mps[i][0];
    }
}
