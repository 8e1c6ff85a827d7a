#include "validate_drop/profile.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "validate_drop/csv.h"

static const double LAYER_M = 100, FROM_M = -100;
/* A sonde's thermometer needs so long to forget the aircraft (SOURCES.md). */
static const double SETTLED_S = 20, COOLED_S = 60;

/* Sums over the fixes in a layer. */
typedef struct layer {
    double count, e, n, height, density_count, log_density;
    fix middle;
} layer;

static void add_fix(layer *layers, const fix *f, double since_top_s)
{
    int32_t at = (int32_t)floor((f->height_msl_m - FROM_M) / LAYER_M);
    if (at < 0 || at >= PROFILE_LEVELS || isnan(f->speed_e_mps) || isnan(f->speed_n_mps))
        return;
    layer *l = &layers[at];
    if (l->count == 0)
        l->middle = *f;
    l->count++;
    l->e += f->speed_e_mps;
    l->n += f->speed_n_mps;
    l->height += f->height_msl_m;
    if (since_top_s >= COOLED_S && !isnan(f->density_kg_m3)) {
        l->density_count++;
        l->log_density += log(f->density_kg_m3);
    }
}

/* Levels without a density take the standard atmosphere's, times what the nearest level below (or above) was off it. */
static void fill_density(profile *p)
{
    double off = NAN;
    for (int32_t i = 0; i < p->levels; i++) {
        if (!isnan(p->density_kg_m3[i]) && isnan(off))
            off = p->density_kg_m3[i] / ab__air_standard_density_kg_m3(p->height_msl_m[i]);
    }
    p->measured_density = !isnan(off);
    for (int32_t i = 0; i < p->levels; i++) {
        double standard = ab__air_standard_density_kg_m3(p->height_msl_m[i]);
        if (!isnan(p->density_kg_m3[i]))
            off = p->density_kg_m3[i] / standard;
        else
            p->density_kg_m3[i] = standard * (p->measured_density ? off : 1);
    }
}

static void profile_of_layers(const layer *layers, profile *out)
{
    out->levels = 0;
    for (int32_t i = 0; i < PROFILE_LEVELS; i++) {
        const layer *l = &layers[i];
        if (l->count == 0)
            continue;
        int32_t k = out->levels++;
        out->height_msl_m[k] = l->height / l->count;
        out->wind_e_mps[k] = l->e / l->count;
        out->wind_n_mps[k] = l->n / l->count;
        out->density_kg_m3[k] = l->density_count > 0 ? exp(l->log_density / l->density_count) : NAN;
        out->middle[k] = l->middle;
    }
    if (out->levels < 2)
        out->levels = 0;
    fill_density(out);
}

void profile_of_descent(const track *t, profile *out)
{
    layer layers[PROFILE_LEVELS] = {0};
    double top_s = t->fix[t->top].t_s;
    for (int32_t i = t->top; i <= t->lands; i++) {
        double since = t->fix[i].t_s - top_s;
        if (since >= SETTLED_S)
            add_fix(layers, &t->fix[i], since);
    }
    profile_of_layers(layers, out);
}

void profile_of_ascent(const track *t, profile *out)
{
    layer layers[PROFILE_LEVELS] = {0};
    for (int32_t i = t->rises; i < t->top; i++)
        add_fix(layers, &t->fix[i], COOLED_S);
    profile_of_layers(layers, out);
}

void profile_of_era5(const char *folder, const track *t, profile *out)
{
    char path[4096];
    csv c;
    out->levels = 0;
    snprintf(path, sizeof path, "%s/rocket/%s_era5_profile.csv", folder, t->rocket->name);
    if (!csv_open(&c, path))
        return;
    int32_t height = csv_column(&c, "geopot_height_m_msl"), pressure = csv_column(&c, "pressure_hpa");
    int32_t temp = csv_column(&c, "temp_k"), e = csv_column(&c, "u_east_mps"), n = csv_column(&c, "v_north_mps");
    if (height < 0 || pressure < 0 || temp < 0 || e < 0 || n < 0)
        fprintf(stderr, "%s: a column is missing\n", path);
    else
        while (out->levels < PROFILE_LEVELS && csv_next(&c) == CSV_GOOD) {
            int32_t k = out->levels++;
            out->height_msl_m[k] = c.value[height];
            out->wind_e_mps[k] = c.value[e];
            out->wind_n_mps[k] = c.value[n];
            out->density_kg_m3[k] = ab__air_density_kg_m3(100 * c.value[pressure], c.value[temp]);
            out->middle[k] = t->fix[t->top];
        }
    out->measured_density = true;
    csv_close(&c);
}

void profile_of_calm(profile *out)
{
    *out = (profile){.levels = 32};
    for (int32_t i = 0; i < out->levels; i++) {
        out->height_msl_m[i] = 1000.0 * i - 500;
        out->density_kg_m3[i] = ab__air_standard_density_kg_m3(out->height_msl_m[i]);
    }
}

ab_air profile_air(const profile *p)
{
    return (ab_air){p->levels, p->height_msl_m, p->wind_e_mps, p->wind_n_mps, p->density_kg_m3};
}
