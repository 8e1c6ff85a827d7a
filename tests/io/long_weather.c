/* Files of the weather services, cut at every 997th byte: an error each time, never a crash, never a part of it for the whole. */
#include "io/support.h"

#include "io/weather_support.h"

#define CUT(name, file)                                                                            \
    static void name(void **state)                                                                 \
    {                                                                                              \
        (void)state;                                                                               \
        try_cut(file, 997);                                                                        \
    }

CUT(grib_2, "winds/gfs.t12z.20110110.pgrbf120.2p5deg.grib2")
CUT(netcdf_4, "winds/euroc_2022_all_windows.nc")
CUT(netcdf_3_packed, "winds/euroc_2023_all_windows.nc")
CUT(netcdf_3_means, "winds/eraint_uvz.nc")
CUT(bufr, "winds/temp_20081208_12z_turkey_gulf_iran.bufr")

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grib_2),
        cmocka_unit_test(netcdf_4),
        cmocka_unit_test(netcdf_3_packed),
        cmocka_unit_test(netcdf_3_means),
        cmocka_unit_test(bufr),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
