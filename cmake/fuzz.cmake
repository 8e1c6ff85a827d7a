# fuzz/fuzz_<name>.c with its inputs in fuzz/corpus/<name>/ and, if useful, a dictionary fuzz/<name>.dict.
# AB_FUZZ: a fuzzer, and a test fuzz/<name> that lets it run for some seconds. Otherwise: a test
# corpus/<name> that passes each input through the same code once.

# SQLite judges beside our own readers of its files.
pkg_check_modules(SQLITE REQUIRED IMPORTED_TARGET sqlite3)
set(AB_FUZZ_LIBS_sql_words PkgConfig::SQLITE)
set(AB_FUZZ_LIBS_gpkg_schema PkgConfig::SQLITE)
set(AB_FUZZ_LIBS_zip PkgConfig::ZLIB)
set(AB_FUZZ_LIBS_workbook PkgConfig::ZLIB)
set(AB_FUZZ_LIBS_grib eccodes::eccodes)
set(AB_FUZZ_LIBS_bufr eccodes::eccodes)

file(GLOB fuzz_sources CONFIGURE_DEPENDS fuzz/fuzz_*.c)
foreach(source IN LISTS fuzz_sources)
    cmake_path(GET source STEM stem)
    string(REGEX REPLACE "^fuzz_" "" name ${stem})
    set(corpus "${PROJECT_SOURCE_DIR}/fuzz/corpus/${name}")
    add_executable(${stem} ${source})
    target_include_directories(${stem} PRIVATE src tests)
    target_link_libraries(${stem} PRIVATE airbridge_static ab_flags ${AB_FUZZ_LIBS_${name}})
    set_target_properties(${stem} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/fuzz")
    if(AB_FUZZ)
        target_link_options(${stem} PRIVATE -fsanitize=fuzzer)
        add_test(NAME fuzz/${name}
                 COMMAND "${PROJECT_SOURCE_DIR}/scripts/fuzz-one.sh" "${PROJECT_BINARY_DIR}" ${name})
        set_tests_properties(fuzz/${name} PROPERTIES LABELS fuzz)
    else()
        target_sources(${stem} PRIVATE fuzz/replay.c)
        ab_test(corpus/${name} LABEL corpus COMMAND ${stem} "${corpus}")
    endif()
endforeach()
