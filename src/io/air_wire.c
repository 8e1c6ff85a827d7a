#include "io/air_wire.h"

#include <math.h>
#include <string.h>

#include "base/buf.h"
#include "io/weather.h"
#include "schema/book.h"

/* Before each piece stands what it is. */
enum { PIECE_GRID = 'G', PIECE_SOUNDINGS = 'S', PIECE_TERRAIN = 'T', PIECE_END = 'E' };
enum { AXIS_MAX = 1 << 20, PIECE_MAX = 1 << 16 };
static const ab_time TIME_MOST = (ab_time)1 << 40;

/* Both ways go through one list of what there is, so that they cannot differ: a number or an array is moved, and on its way in it is
 * judged. Arrays are made on their way in. */
typedef struct mover {
    const ab_wire *wire;
    bool in;
    bool torn, no_memory;
    ab_arena *arena;
} mover;

static bool stopped(const mover *m)
{
    return m->torn || m->no_memory;
}

static void move_bytes(mover *m, void *bytes, size_t size)
{
    if (!stopped(m) && size > 0 && !m->wire->move(m->wire->context, bytes, size))
        m->torn = true;
}

static void move_number(mover *m, int64_t *number, int64_t least, int64_t most)
{
    move_bytes(m, number, sizeof *number);
    if (m->in && (stopped(m) || *number < least || *number > most)) {
        m->torn = true;
        *number = least;
    }
}

static void move_count(mover *m, int32_t *count, int32_t least, int32_t most)
{
    int64_t number = *count;

    move_number(m, &number, least, most);
    *count = (int32_t)number;
}

static void move_real(mover *m, double *real, double least, double most)
{
    move_bytes(m, real, sizeof *real);
    if (m->in && (stopped(m) || !(*real >= least && *real <= most))) {
        m->torn = true;
        *real = least;
    }
}

/* In pieces, so that a promise alone takes no memory. NULL: torn, or out of memory. */
static void *take_array(mover *m, size_t size)
{
    ab_buf whole = AB_BUF_INIT;
    char piece[PIECE_MAX];

    while (!stopped(m) && whole.size < size) {
        size_t next = size - whole.size < sizeof piece ? size - whole.size : sizeof piece;
        move_bytes(m, piece, next);
        if (!m->torn)
            ab__buf_add_n(&whole, piece, next);
        m->no_memory = m->no_memory || whole.failed;
    }
    void *made = stopped(m) ? NULL : ab__arena_array(m->arena, size, 1);
    m->no_memory = m->no_memory || (made == NULL && !m->torn);
    if (made != NULL && size > 0)
        memcpy(made, whole.text, size);
    ab__buf_free(&whole);
    return made;
}

/* What lies at `there` on its way out; on its way in: made. */
static void *move_array(mover *m, const void *there, size_t count, size_t size)
{
    void *at = (void *)(uintptr_t)there;

    if (m->in)
        return take_array(m, count * size);
    move_bytes(m, at, count * size);
    return at;
}

/* Values from least to most, or NAN. */
static void move_reals(mover *m, const double **reals, size_t count, double least, double most)
{
    const double *at = move_array(m, *reals, count, sizeof *at);

    for (size_t i = 0; m->in && !stopped(m) && i < count; i++)
        m->torn = !isnan(at[i]) && !(at[i] >= least && at[i] <= most);
    *reals = at;
}

static void move_field(mover *m, const float **values, size_t count, float most)
{
    const float *at = move_array(m, *values, count, sizeof *at);

    for (size_t i = 0; m->in && !stopped(m) && i < count; i++)
        m->torn = !isnan(at[i]) && !(fabsf(at[i]) <= most);
    *values = at;
}

/* Each greater than the one before (`way` 1) or less (-1). */
static void check_order(mover *m, const double *at, int32_t count, int way)
{
    for (int32_t i = 1; m->in && !stopped(m) && i < count; i++)
        m->torn = !(way * (at[i] - at[i - 1]) > 0);
}

static void move_time(mover *m, ab_time *time)
{
    move_number(m, time, INT64_MIN, TIME_MOST);
    m->torn = m->torn || (m->in && *time != AB_TIME_NONE && *time < -TIME_MOST);
}

static void move_kind(mover *m, ab_wind_kind *kind)
{
    int64_t number = (int64_t)*kind;

    move_number(m, &number, 0, ab_wind_kind_count - 1);
    *kind = (ab_wind_kind)number;
}

static void move_flag(mover *m, bool *flag)
{
    int64_t number = *flag;

    move_number(m, &number, 0, 1);
    *flag = number != 0;
}

/* ---- What there is ----------------------------------------------------------------------------- */

static void move_axes(mover *m, ab_forecast_grid *grid)
{
    move_count(m, &grid->times, 1, AXIS_MAX);
    move_count(m, &grid->members, 1, AXIS_MAX);
    move_count(m, &grid->levels, 1, AXIS_MAX);
    move_count(m, &grid->lats, 1, AXIS_MAX);
    move_count(m, &grid->lons, 1, AXIS_MAX);
    move_real(m, &grid->lon_deg, -1100, 1100);
    move_real(m, &grid->lat_deg, -91, 91);
    move_real(m, &grid->step_lon_deg, 1e-6, 360);
    move_real(m, &grid->step_lat_deg, 1e-6, 180);
    move_flag(m, &grid->wraps);
    move_time(m, &grid->issued_at);
    move_flag(m, &grid->analysis);
    move_kind(m, &grid->kind);
    grid->valid_at = move_array(m, grid->valid_at, (size_t)grid->times, sizeof *grid->valid_at);
    for (int32_t t = 0; m->in && t < grid->times && !stopped(m); t++)
        m->torn = grid->valid_at[t] < -TIME_MOST || grid->valid_at[t] > TIME_MOST ||
                  (t > 0 && grid->valid_at[t] <= grid->valid_at[t - 1]);
    move_reals(m, &grid->pressure_pa, (size_t)grid->levels, 1e-3, 120000);
    check_order(m, grid->pressure_pa, grid->levels, -1);
}

/* Values of one field; 0 where there are more than any forecast has. */
static size_t field_size(const ab_forecast_grid *grid)
{
    const int32_t axes[] = {grid->times, grid->members, grid->levels, grid->lats, grid->lons};
    size_t size = 1;

    for (size_t i = 0; i < sizeof axes / sizeof axes[0]; i++)
        size = size <= AB_FIELD_VALUES_MAX ? size * (size_t)axes[i] : size;
    return size <= AB_FIELD_VALUES_MAX ? size : 0;
}

static void move_grid(mover *m, ab_forecast_grid *grid)
{
    bool warm = grid->temp_k != NULL;

    move_axes(m, grid);
    size_t size = stopped(m) ? 0 : field_size(grid);
    m->torn = m->torn || size == 0;
    move_flag(m, &warm);
    move_field(m, &grid->wind_e_mps, size, 1e4F);
    move_field(m, &grid->wind_n_mps, size, 1e4F);
    move_field(m, &grid->height_msl_m, size, 1e6F);
    if (warm)
        move_field(m, &grid->temp_k, size, 1e4F);
}

static void move_sounding(mover *m, ab_sounding *one)
{
    move_time(m, &one->valid_at);
    move_kind(m, &one->kind);
    move_real(m, &one->lon_deg, -180, 180);
    move_real(m, &one->lat_deg, -90, 90);
    move_bytes(m, one->station, sizeof one->station);
    for (size_t i = 0; m->in && !stopped(m) && one->station[i] != '\0'; i++)
        m->torn = i == sizeof one->station - 1 || one->station[i] <= ' ' || one->station[i] > '~';
    move_count(m, &one->levels, 1, AB_SOUNDING_LEVELS_MAX);
    move_reals(m, &one->height_msl_m, (size_t)one->levels, -1000, 100000);
    check_order(m, one->height_msl_m, one->levels, 1);
    move_reals(m, &one->wind_e_mps, (size_t)one->levels, -1e4, 1e4);
    move_reals(m, &one->wind_n_mps, (size_t)one->levels, -1e4, 1e4);
    move_reals(m, &one->temp_k, (size_t)one->levels, 0, 1e4);
    move_reals(m, &one->pressure_pa, (size_t)one->levels, 0, 120000);
}

static void move_terrain(mover *m, ab_terrain *terrain)
{
    move_count(m, &terrain->lons, 1, AXIS_MAX);
    move_count(m, &terrain->lats, 1, AXIS_MAX);
    move_real(m, &terrain->lon_deg, -1100, 1100);
    move_real(m, &terrain->lat_deg, -91, 91);
    move_real(m, &terrain->step_lon_deg, 1e-9, 360);
    move_real(m, &terrain->step_lat_deg, -180, -1e-9);
    move_number(m, &terrain->voids, 0, AB_TERRAIN_CELLS_MAX);
    move_number(m, &terrain->filled, 0, terrain->voids);
    size_t cells = (size_t)terrain->lons * (size_t)terrain->lats;
    m->torn = m->torn || cells > AB_TERRAIN_CELLS_MAX;
    move_field(m, &terrain->height_msl_m, stopped(m) ? 0 : cells, 2e4F);
}

/* ---- Sending ----------------------------------------------------------------------------------- */

static void send_piece(mover *m, int64_t piece)
{
    move_bytes(m, &piece, sizeof piece);
}

bool ab__air_send(const ab_wire *to, const ab_air_parcel *parcel, ab_issues *issues,
                  const ab_error *ended)
{
    mover m = {.wire = to};
    ab_book *none = ab__book_new();

    if (none == NULL)
        return false;
    if (parcel->grid != NULL) {
        ab_forecast_grid grid = *parcel->grid;
        send_piece(&m, PIECE_GRID);
        move_grid(&m, &grid);
    }
    for (int32_t i = 0; i < parcel->sounding_count; i++) {
        ab_sounding one = parcel->sounding[i];
        send_piece(&m, PIECE_SOUNDINGS);
        move_sounding(&m, &one);
    }
    if (parcel->terrain != NULL) {
        ab_terrain terrain = *parcel->terrain;
        send_piece(&m, PIECE_TERRAIN);
        move_terrain(&m, &terrain);
    }
    send_piece(&m, PIECE_END);
    bool sent = !stopped(&m) && ab__wire_send(to, none, issues, ended);
    ab_book_free(none);
    return sent;
}

/* ---- Receiving --------------------------------------------------------------------------------- */

static void take_grid(mover *m, ab_air_parcel *parcel)
{
    ab_forecast_grid *grid = parcel->grid == NULL ? AB_NEW(m->arena, ab_forecast_grid, 1) : NULL;

    m->torn = parcel->grid != NULL;
    m->no_memory = !m->torn && grid == NULL;
    if (grid != NULL)
        move_grid(m, grid);
    parcel->grid = grid;
}

static void take_terrain(mover *m, ab_air_parcel *parcel)
{
    ab_terrain *terrain = parcel->terrain == NULL ? AB_NEW(m->arena, ab_terrain, 1) : NULL;

    m->torn = parcel->terrain != NULL;
    m->no_memory = !m->torn && terrain == NULL;
    if (terrain != NULL)
        move_terrain(m, terrain);
    parcel->terrain = terrain;
}

typedef AB_VEC(ab_sounding) soundings;

static void take_sounding(mover *m, soundings *all)
{
    ab_sounding *one = all->count < AB_SOUNDINGS_MAX ? AB_PUSH(all) : NULL;

    m->torn = all->count >= AB_SOUNDINGS_MAX;
    m->no_memory = !m->torn && one == NULL;
    if (one != NULL)
        move_sounding(m, one);
}

static void keep_soundings(mover *m, const soundings *all, ab_air_parcel *parcel)
{
    ab_sounding *kept = AB_NEW(m->arena, ab_sounding, all->count);

    m->no_memory = m->no_memory || kept == NULL;
    if (kept == NULL || all->count == 0)
        return;
    memcpy(kept, all->at, (size_t)all->count * sizeof *kept);
    parcel->sounding = kept;
    parcel->sounding_count = all->count;
}

static ab_wire_end take_rest(const ab_wire *from, ab_issues *issues, ab_error *ended)
{
    ab_book *none = ab__book_new();

    if (none == NULL)
        return AB_WIRE_NO_MEMORY;
    ab_wire_end end = ab__wire_receive(from, none, issues, ended);
    if (end == AB_WIRE_WHOLE && ab_book_count(none) > 0)
        end = AB_WIRE_TORN;
    ab_book_free(none);
    return end;
}

ab_wire_end ab__air_receive(const ab_wire *from, ab_air_parcel *parcel, ab_issues *issues,
                            ab_error *ended)
{
    mover m = {.wire = from, .in = true, .arena = parcel->arena};
    soundings all = {0};
    int64_t piece = 0;

    while (!stopped(&m) && piece != PIECE_END) {
        move_number(&m, &piece, 0, UINT8_MAX);
        if (piece == PIECE_GRID)
            take_grid(&m, parcel);
        else if (piece == PIECE_SOUNDINGS)
            take_sounding(&m, &all);
        else if (piece == PIECE_TERRAIN)
            take_terrain(&m, parcel);
        else if (piece != PIECE_END)
            m.torn = true;
    }
    if (!stopped(&m))
        keep_soundings(&m, &all, parcel);
    AB_VEC_FREE(&all);
    if (m.no_memory)
        return AB_WIRE_NO_MEMORY;
    return m.torn ? AB_WIRE_TORN : take_rest(from, issues, ended);
}
