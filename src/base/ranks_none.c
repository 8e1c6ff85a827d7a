/* One rank: this. */
#include "base/ranks.h"

int32_t ab_rank(void)
{
    return 0;
}

int32_t ab_ranks(void)
{
    return 1;
}

void ab_ranks_end(bool failed)
{
    (void)failed;
}

bool ab__ranks_share(const ab_buf *mine, ab_buf *all, size_t *start)
{
    ab__buf_clear(all);
    ab__buf_add_n(all, ab__buf_text(mine), mine->size);
    start[0] = 0;
    start[1] = mine->size;
    return !mine->failed && !all->failed;
}
