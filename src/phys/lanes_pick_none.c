#include "phys/landings_parts.h"

ab_lanes_land *ab__lanes_land_best(void)
{
    return ab__lanes_land_plain;
}
