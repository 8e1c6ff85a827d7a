/* Compiled with -mavx2; called only where the processor has it. */
#define LAND ab__lanes_land_avx2
#include "phys/lanes.inc"
