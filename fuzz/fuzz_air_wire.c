/* Any bytes as what a child sends that a hostile forecast may have taken over: what is taken has its bounds and orders, and comes
 * through a second wire as it is. */
#define _GNU_SOURCE /* MAP_ANONYMOUS */
#include "io/air_wire.h"
#include "weather.h"

typedef struct wire_bytes {
    const uint8_t *at;
    size_t left;
} wire_bytes;

static bool take(void *context, void *bytes, size_t size)
{
    wire_bytes *from = context;

    if (size > from->left)
        return false;
    if (size > 0)
        memcpy(bytes, from->at, size);
    from->at += size;
    from->left -= size;
    return true;
}

static bool put(void *context, void *bytes, size_t size)
{
    ab__buf_add_n(context, bytes, size);
    return !((ab_buf *)context)->failed;
}

typedef struct received {
    ab_air_parcel parcel;
    ab_issues *issues;
    ab_error ended;
    ab_wire_end end;
} received;

static received receive(const uint8_t *data, size_t size)
{
    wire_bytes from = {data, size};
    received got = {{.arena = ab__arena_new()}, ab_issues_new(0), AB_ERROR_INIT, AB_WIRE_TORN};

    must(got.parcel.arena != NULL && got.issues != NULL, "there is memory");
    got.end = ab__air_receive(&(ab_wire){take, &from}, &got.parcel, got.issues, &got.ended);
    must(got.end != AB_WIRE_NO_MEMORY, "no more is asked for than came");
    must(is_utf8(got.ended.message), "words are UTF-8");
    return got;
}

static void forget(received *got)
{
    ab__arena_free(got->parcel.arena);
    ab_issues_free(got->issues);
}

static void check_parcel(const ab_air_parcel *parcel)
{
    const ab_forecast_grid *g = parcel->grid;

    for (int32_t t = 1; g != NULL && t < g->times; t++)
        must(g->valid_at[t] > g->valid_at[t - 1], "times rise");
    for (int32_t l = 1; g != NULL && l < g->levels; l++)
        must(g->pressure_pa[l] < g->pressure_pa[l - 1], "pressure falls");
    for (int32_t i = 0; i < parcel->sounding_count; i++)
        must(strlen(parcel->sounding[i].station) < sizeof parcel->sounding[i].station,
             "a station's name ends");
    if (parcel->terrain != NULL)
        (void)ab_terrain_height_m(parcel->terrain, parcel->terrain->lon_deg,
                                  parcel->terrain->lat_deg);
}

static void check_again(const received *first)
{
    ab_buf bytes = AB_BUF_INIT, more = AB_BUF_INIT;

    must(ab__air_send(&(ab_wire){put, &bytes}, &first->parcel, first->issues, &first->ended),
         "it is sent");
    received second = receive((const uint8_t *)bytes.text, bytes.size);
    must(second.end == AB_WIRE_WHOLE, "what we send is whole");
    must(ab__air_send(&(ab_wire){put, &more}, &second.parcel, second.issues, &second.ended),
         "it is sent again");
    must(bytes.size == more.size && memcmp(bytes.text, more.text, bytes.size) == 0,
         "nothing changes on the way");
    forget(&second);
    ab__buf_free(&bytes);
    ab__buf_free(&more);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    received got = receive(data, size);

    if (got.end == AB_WIRE_WHOLE) {
        check_parcel(&got.parcel);
        check_again(&got);
    }
    forget(&got);
    return 0;
}
