/* Processor time, and a loop of fixed work to tell machines apart by. */
#ifndef BENCH_CLOCK_H
#define BENCH_CLOCK_H

#include <time.h>

static inline double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* A hundred million dependent additions and multiplications. */
static inline double fixed_loop_s(void)
{
    double start = seconds();
    volatile double x = 1;
    for (int i = 0; i < 100000000; i++)
        x = x * 0.999999999 + 1e-9;
    return seconds() - start;
}

#endif
