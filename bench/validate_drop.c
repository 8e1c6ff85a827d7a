/* How good the physics and the error model of a drop are, on tracks of bodies that came down under a parachute.
 *
 *   bench/validate_drop TRACKS      TRACKS: a folder with dropsonde/, balloon/, rocket/, montecarlo/ (its SOURCES.md tells of them)
 *
 * Each flight is foretold from several heights by each wind that there is, with drag from the other flights of its kind, and
 * held against where it came down. Beside it runs a naive model with the same winds. docs/validation.md tells what came of it. Lines
 * that begin with VERDICT say what is met and what not. Exit 0: it ran; 2: there are no tracks. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "validate_drop/montecarlo.h"
#include "validate_drop/tables.h"

static const uint64_t SEED = 5;

/* Sondes of one day met one weather, and foretell one another. */
static void group_flights(tracks_all *all)
{
    for (int32_t i = 0; i < all->count; i++) {
        const track *t = &all->tracks[i];
        all->group[i] = -1;
        for (int32_t k = 0; k < i && t->kind == KIND_SONDE; k++) {
            const track *before = &all->tracks[k];
            if (before->kind == KIND_SONDE && floor(before->began_s / 86400) == floor(t->began_s / 86400))
                all->group[i] = all->group[k];
        }
        if (all->group[i] < 0)
            all->group[i] = all->groups++;
    }
}

static bool read_all(const char *folder, tracks_all *all, ab_arena *arena)
{
    *all = (tracks_all){.folder = folder};
    all->count = tracks_read(folder, &all->tracks, arena);
    if (all->count <= 0)
        return false;
    all->own = AB_NEW(arena, profile, all->count);
    all->ascent = AB_NEW(arena, profile, all->count);
    all->group = AB_NEW(arena, int32_t, all->count);
    if (!all->own || !all->ascent || !all->group)
        return false;
    for (int32_t i = 0; i < all->count; i++) {
        profile_of_descent(&all->tracks[i], &all->own[i]);
        profile_of_ascent(&all->tracks[i], &all->ascent[i]);
    }
    group_flights(all);
    return true;
}

static bool score_all(const tracks_all *all)
{
    scored *s = malloc(2 * SCORED_MOST * sizeof *s), *fitted = s + SCORED_MOST;
    if (!s)
        return false;
    int32_t count = score_tracks(all, false, SEED, s), count_fitted = score_tracks(all, true, SEED, fitted);
    print_tracks(all);
    print_drag(all);
    print_winds(all);
    print_errors(s, count);
    print_heights(s, count);
    print_few(all, s, count);
    print_calibration("CALIBRATION, winds as wrong as the program assumes", s, count);
    print_ranks("RANKS OF LANDINGS in their clouds, winds as wrong as the program assumes", s, count);
    print_outside(all, s, count);
    print_calibration("CALIBRATION, winds as wrong as on the other days", fitted, count_fitted);
    print_ranks("RANKS OF LANDINGS in their clouds, winds as wrong as on the other days", fitted, count_fitted);
    print_skill("SKILL OVER THE NAIVE MODEL, winds as wrong as the program assumes", s, count);
    print_skill("SKILL OVER THE NAIVE MODEL, winds as wrong as on the other days", fitted, count_fitted);
    print_verdicts(all, s, count);
    free(s);
    return true;
}

static void print_montecarlo_row(const char *name, const montecarlo_score *s)
{
    printf("%-37s %5d %6.1f%% %+7.3f %7.3f %7.3f %6.3f %6.3f\n", name, (int)s->rows, 100 * s->within_half_s, s->mean_off_s, s->median_off_s,
           s->p90_off_s, s->median_off_mps, s->p90_off_mps);
}

/* RocketPy then took any canopy for a ball of air of 1.5 m radius (Flight.u_dot_parachute: 4/3 pi R^3; its issue 860 tells how much too much that can
 * be): 14.14 m3, as heavy as the load twice over. */
static const double THEIR_ADDED_M3 = 14.137;

static void score_montecarlo(const char *folder, ab_arena *arena)
{
    montecarlo_row *rows;
    int64_t bad;
    int32_t count = montecarlo_read(folder, &rows, &bad, arena);
    if (count < 4) {
        printf("\nVERDICT Monte Carlo: not run, no rows in %s/montecarlo\n", folder);
        return;
    }
    int32_t half = count / 2;
    double ratio = montecarlo_density_ratio(rows, half);
    printf("\nMONTE CARLO OF A HELICOPTER DROP, row by row (%d rows, %lld bad)\n%-37s %5s %7s %7s %7s %7s %6s %6s\n", (int)count, (long long)bad,
           "air, and what moves with the canopy", "rows", "0.5 s", "mean", "median", "p90", "m/s", "p90");
    montecarlo_score standard = montecarlo_run(rows, count, 1, THEIR_ADDED_M3, arena);
    montecarlo_score ours = montecarlo_run(rows + half, count - half, ratio, 0, arena);
    montecarlo_score theirs = montecarlo_run(rows + half, count - half, ratio, THEIR_ADDED_M3, arena);
    print_montecarlo_row("standard atmosphere, air as theirs", &standard);
    print_montecarlo_row("density as below, no air moves along", &ours);
    print_montecarlo_row("density as below, air as theirs", &theirs);
    printf("0.5 s: share of impact times within it; seconds, of ours less theirs; then speeds of impact\n"
           "density: %.4f of the standard atmosphere's, by the first %d rows' speeds of impact; scored on the others\n\n", ratio, (int)half);
    printf("VERDICT Monte Carlo: %s: %.1f %% of impact times within 0.5 s, 90 %% asked (standard atmosphere: %.1f %%)\n",
           theirs.within_half_s >= 0.9 ? "MET" : "NOT MET", 100 * theirs.within_half_s, 100 * standard.within_half_s);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "Usage: validate_drop TRACKS\n");
        return 2;
    }
    ab_arena *arena = ab__arena_new();
    tracks_all all;
    bool fine = arena && read_all(argv[1], &all, arena);
    if (!fine)
        fprintf(stderr, "%s: no tracks could be read from it (folders dropsonde, balloon, rocket)\n", argv[1]);
    fine = fine && score_all(&all);
    if (fine)
        score_montecarlo(argv[1], arena);
    ab__arena_free(arena);
    return fine ? 0 : 2;
}
