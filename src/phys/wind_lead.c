/* The combination of the wind's draws that moves a landing most, from what an error at each level does to it. */
#include <math.h>

#include "phys/landings_parts.h"

/* The error at level i is keep times that below plus add times the level's draw z_i, so a drift sum K_i e_i is sum g_i z_i with g = A' K: from the top down.
 * Along g / |g| lies all of the drift that depends on the wind; across it draws change the shape of the error and not the drift. */
static void set_shares(const ab_error_levels *error, const ab_fall_table *fall, int kernel, ab_lead *out)
{
    double g[AB_ERROR_LEVELS], above = 0, squares = 0;
    for (int32_t i = error->count - 1; i >= 0; i--) {
        above = (double)fall->kernel[i][kernel][0] + (double)error->keep * above;
        g[i] = (i == 0 ? (double)error->rms_mps : (double)error->add) * above;
        squares += g[i] * g[i];
    }
    for (int32_t i = 0; i < error->count; i++)
        out->of_draw[i] = squares > 0 ? (float)(g[i] / sqrt(squares)) : 0;
}

static void set_errors(const ab_error_levels *error, ab_lead *out)
{
    float now = 0;
    for (int32_t i = 0; i < error->count; i++) {
        now = (i == 0 ? error->rms_mps : error->add) * out->of_draw[i] + (i == 0 ? 0 : error->keep) * now;
        out->mps[i] = now;
    }
}

static void set_outcomes(const ab_error_levels *error, const ab_member_tables *member, int toward, ab_lead *out)
{
    for (int failed = 0; failed < 2; failed++)
        for (int of = 0; of < 3; of++)
            for (int k = 0; k < AB_KERNEL_TERMS; k++) {
                const ab_fall_table *fall = failed ? &member->failed : &member->opened;
                float sum = 0;
                for (int32_t i = 0; i < error->count; i++)
                    sum += fall->kernel[i][2 * of + toward][k] * out->mps[i];
                out->by[failed][of][k] = sum;
            }
}

void ab__wind_lead(const ab_error_levels *error, ab_member_tables *member)
{
    static const int kernel[2] = {AB_E_BY_E, AB_N_BY_N};
    for (int toward = 0; toward < 2; toward++) {
        set_shares(error, &member->opened, kernel[toward], &member->lead[toward]);
        set_errors(error, &member->lead[toward]);
        set_outcomes(error, member, toward, &member->lead[toward]);
    }
}
