/* Where the data of a classic NetCDF file ends (the format's specification: NetCDF User's Guide, appendix B). */
#include <string.h>

#include "base/vec.h"
#include "io/netcdf.h"

enum {
    DIMENSIONS = 10,
    VARIABLES = 11,
    ATTRIBUTES = 12,
    COUNT_MAX = 1 << 20,
    VERSION_AT = 3,
    RECORDS_AT = 4
};

/* The header as it is read. */
typedef struct header {
    const ab_buf *bytes;
    size_t at;
    int wide;   /* bytes of a count: 4, in version 5 eight */
    int offset; /* bytes of an offset: 4, from version 2 on eight */
    bool broken;
} header;

static uint64_t take(header *h, int size)
{
    uint64_t number = 0;

    if (h->broken || h->bytes->size - h->at < (size_t)size) {
        h->broken = true;
        return 0;
    }
    for (int i = 0; i < size; i++)
        number = number << 8 | (unsigned char)h->bytes->text[h->at++];
    return number;
}

static uint64_t take_count(header *h, uint64_t most)
{
    uint64_t count = take(h, h->wide);

    h->broken = h->broken || count > most;
    return h->broken ? 0 : count;
}

static void pass(header *h, uint64_t size)
{
    size = (size + 3) / 4 * 4;
    if (h->broken || size > h->bytes->size - h->at)
        h->broken = true;
    else
        h->at += (size_t)size;
}

/* How many things a list has; an absent list is two zeros. */
static uint64_t take_list(header *h, uint64_t tag)
{
    uint64_t found = take(h, 4), count = take_count(h, COUNT_MAX);

    h->broken = h->broken || (found != tag && (found != 0 || count != 0));
    return h->broken ? 0 : count;
}

static void pass_name(header *h)
{
    pass(h, take_count(h, h->bytes->size));
}

static uint64_t size_of_type(header *h)
{
    static const unsigned char sizes[] = {0, 1, 1, 2, 4, 4, 8, 1, 2, 4, 8, 8};
    uint64_t type = take(h, 4);

    if (type == 0 || type >= sizeof sizes) {
        h->broken = true;
        return 0;
    }
    return sizes[type];
}

static void pass_attributes(header *h)
{
    uint64_t count = take_list(h, ATTRIBUTES);

    for (uint64_t i = 0; i < count && !h->broken; i++) {
        pass_name(h);
        uint64_t size = size_of_type(h);
        pass(h, size * take_count(h, h->bytes->size));
    }
}

typedef AB_VEC(uint64_t) lengths;

/* What the variables take: those of fixed size end at `end`, one record of the others has `record` bytes. */
typedef struct extent {
    uint64_t end, record, lone_record, last_record_part;
    int record_variables;
} extent;

static uint64_t most_of(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

/* Bytes of a variable, or of one record of it, from its own dimensions: the size that the header tells may be cut. */
static uint64_t values_of(header *h, const lengths *dims, bool *is_record)
{
    uint64_t count = take_count(h, 1024), values = 1;

    *is_record = false;
    for (uint64_t i = 0; i < count && !h->broken; i++) {
        uint64_t dim = take(h, h->wide);
        if (dim >= (uint64_t)dims->count) {
            h->broken = true;
            break;
        }
        uint64_t length = dims->at[dim];
        if (length == 0)
            *is_record = i == 0;
        else if (values > ((uint64_t)1 << 44) / length)
            h->broken = true;
        else
            values *= length;
    }
    return values;
}

static void take_variable(header *h, const lengths *dims, extent *all)
{
    bool is_record;

    pass_name(h);
    uint64_t values = values_of(h, dims, &is_record);
    pass_attributes(h);
    uint64_t size = values * size_of_type(h);
    (void)take(h, h->wide);
    uint64_t begin = take(h, h->offset);
    if (h->broken || begin > (uint64_t)1 << 50) {
        h->broken = true;
        return;
    }
    if (!is_record) {
        all->end = most_of(all->end, begin + size);
        return;
    }
    all->record_variables++;
    all->record += (size + 3) / 4 * 4;
    all->lone_record = size;
    all->last_record_part = most_of(all->last_record_part, begin + size);
}

uint64_t ab__nc_classic_end(const ab_buf *bytes)
{
    header h = {.bytes = bytes, .at = RECORDS_AT};
    extent all = {.end = 0};
    lengths dims = {0};

    if (bytes->size < RECORDS_AT || memcmp(bytes->text, "CDF", 3) != 0)
        return 0;
    int version = bytes->text[VERSION_AT];
    h.wide = version == 5 ? 8 : 4;
    h.offset = version == 1 ? 4 : 8;
    uint64_t records = take(&h, h.wide);
    uint64_t count = take_list(&h, DIMENSIONS);
    for (uint64_t i = 0; i < count && !h.broken; i++) {
        pass_name(&h);
        uint64_t *dim = AB_PUSH(&dims);
        h.broken = h.broken || dim == NULL;
        if (!h.broken)
            *dim = take(&h, h.wide);
    }
    pass_attributes(&h);
    count = take_list(&h, VARIABLES);
    for (uint64_t i = 0; i < count && !h.broken; i++)
        take_variable(&h, &dims, &all);
    AB_VEC_FREE(&dims);
    if (h.broken || records > (uint64_t)1 << 40)
        return 0;
    /* A lone record variable is not padded. */
    if (all.record_variables > 0 && records > 0 && all.record < (uint64_t)1 << 40)
        all.end = most_of(all.end, all.last_record_part + (records - 1) * (all.record_variables == 1
                                                                               ? all.lone_record
                                                                               : all.record));
    return most_of(all.end, h.at);
}
