#include "phys/landings_parts.h"

ab_lanes_land *ab__lanes_land_best(void)
{
    return __builtin_cpu_supports("avx2") ? ab__lanes_land_avx2 : ab__lanes_land_plain;
}
