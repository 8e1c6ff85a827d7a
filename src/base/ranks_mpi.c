/* Ranks by MPI. It is started by the first question, and only where mpirun started the process, since starting it alone costs a second. */
#include <limits.h>
#include <mpi.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/ranks.h"

static const int PATIENCE_S = 10;

/* By Open MPI's launcher, or another that tells of PMIx or PMI. */
static bool launched(void)
{
    static const char *const signs[] = {"OMPI_COMM_WORLD_SIZE", "PMIX_RANK", "PMI_RANK"};

    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (getenv(signs[i]))
            return true;
    return false;
}

static bool started(void)
{
    int begun = 0, provided;

    (void)MPI_Initialized(&begun);
    if (!begun && launched())
        begun = MPI_Init_thread(NULL, NULL, MPI_THREAD_FUNNELED, &provided) == MPI_SUCCESS;
    return begun != 0;
}

int32_t ab_rank(void)
{
    int rank = 0;

    if (started())
        (void)MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    return rank;
}

int32_t ab_ranks(void)
{
    int ranks = 1;

    if (started())
        (void)MPI_Comm_size(MPI_COMM_WORLD, &ranks);
    return ranks;
}

/* Where all are here within the time; where this one did not fail it waits as long as it takes. */
static bool all_came(bool failed)
{
    static const struct timespec tenth = {0, 100000000};
    MPI_Request request;
    int here = 0;

    if (MPI_Ibarrier(MPI_COMM_WORLD, &request) != MPI_SUCCESS)
        return false;
    for (int tenths = 0; !here && (!failed || tenths < 10 * PATIENCE_S); tenths++) {
        (void)MPI_Test(&request, &here, MPI_STATUS_IGNORE);
        if (!here)
            (void)nanosleep(&tenth, NULL);
    }
    return here != 0;
}

void ab_ranks_end(bool failed)
{
    int begun = 0;

    (void)MPI_Initialized(&begun);
    if (!begun)
        return;
    if (all_came(failed))
        (void)MPI_Finalize();
    else
        (void)MPI_Abort(MPI_COMM_WORLD, EXIT_FAILURE);
}

/* The sizes of all, as MPI counts; false: too large, or some rank has failed. */
static bool share_sizes(const ab_buf *mine, int ranks, int *size, int *offset, size_t *start)
{
    int own = mine->failed || mine->size > INT_MAX ? -1 : (int)mine->size;

    if (MPI_Allgather(&own, 1, MPI_INT, size, 1, MPI_INT, MPI_COMM_WORLD) != MPI_SUCCESS)
        return false;
    start[0] = 0;
    for (int r = 0; r < ranks; r++) {
        if (size[r] < 0 || start[r] > (size_t)(INT_MAX - size[r]))
            return false;
        offset[r] = (int)start[r];
        start[r + 1] = start[r] + (size_t)size[r];
    }
    return true;
}

bool ab__ranks_share(const ab_buf *mine, ab_buf *all, size_t *start)
{
    int ranks = ab_ranks();
    int *size = calloc(2 * (size_t)ranks, sizeof *size);

    if (!size) /* the others wait for this one */
        (void)MPI_Abort(MPI_COMM_WORLD, EXIT_FAILURE);
    bool shared = size && share_sizes(mine, ranks, size, size + ranks, start);
    char *bytes = shared ? malloc(start[ranks] + 1) : NULL;
    int able = bytes != NULL, all_able = 0;
    shared = shared && MPI_Allreduce(&able, &all_able, 1, MPI_INT, MPI_MIN, MPI_COMM_WORLD) == MPI_SUCCESS && all_able &&
             MPI_Allgatherv(ab__buf_text(mine), (int)mine->size, MPI_BYTE, bytes, size, size + ranks, MPI_BYTE, MPI_COMM_WORLD) == MPI_SUCCESS;
    ab__buf_clear(all);
    if (shared)
        ab__buf_add_n(all, bytes, start[ranks]);
    free(bytes);
    free(size);
    return shared && !all->failed;
}
