# Tests. A test's name is its place: geo/point is tests/geo/test_point.c, cases/lost_truck is
# tests/cases/lost_truck/run, corpus/csv is fuzz/fuzz_csv.c fed with fuzz/corpus/csv/.
# page/docs/manual/tutorial.md runs the examples of that page.
# Labels: unit, case, corpus, comma (unit and case under a decimal comma), tree (checks of the
# sources), package, long (tests/<room>/long_*.c, only by `make test-long`).
# All get SOURCE_DIR, SHARED_DIR (which may not be there), AIRBRIDGE and a TMPDIR of their own, cases AB_BENCH besides (the
# folder of the benches' programs); exit code 77 means skipped. tests/support/*.c, if any, is linked with every unit test.

pkg_check_modules(CMOCKA IMPORTED_TARGET cmocka)
if(NOT CMOCKA_FOUND)
    message(FATAL_ERROR "The tests need cmocka (Debian: libcmocka-dev). Install it, or configure with -DAB_TESTS=OFF.")
endif()

set(ab_program "${PROJECT_BINARY_DIR}/airbridge")

# ab_test(<name> LABEL <label> [ENV VAR=value...] [TIMEOUT s] COMMAND <command>...)
function(ab_test name)
    cmake_parse_arguments(arg "" "LABEL;TIMEOUT" "ENV;COMMAND" ${ARGN})
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 300)
    endif()
    set(tmp "${PROJECT_BINARY_DIR}/tests/tmp/${name}")
    file(MAKE_DIRECTORY "${tmp}")
    set(env "AIRBRIDGE=${ab_program}" "SOURCE_DIR=${PROJECT_SOURCE_DIR}"
            "SHARED_DIR=${AB_SHARED_DIR}" "TMPDIR=${tmp}" "AB_SANITIZED=${AB_SANITIZE}" "AB_MPI=$<BOOL:${AB_MPI}>"
            "LSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/cmake/lsan.supp:print_suppressions=0" ${arg_ENV})
    add_test(NAME ${name} COMMAND ${arg_COMMAND} WORKING_DIRECTORY "${tmp}")
    set_tests_properties(${name} PROPERTIES
        LABELS ${arg_LABEL}
        TIMEOUT ${arg_TIMEOUT}
        SKIP_RETURN_CODE 77
        ENVIRONMENT "${env}")
endfunction()

if(AB_TEST_COMMA)
    # The locale is made here, so that the check does not depend on which ones a machine has.
    find_program(LOCALEDEF localedef REQUIRED)
    set(comma_dir "${PROJECT_BINARY_DIR}/tests/locale")
    add_custom_command(OUTPUT "${comma_dir}/de_DE.UTF-8/LC_NUMERIC"
        COMMAND "${LOCALEDEF}" -i de_DE -f UTF-8 "${comma_dir}/de_DE.UTF-8"
        COMMENT "Making a locale with a decimal comma")
    add_custom_target(ab_comma ALL DEPENDS "${comma_dir}/de_DE.UTF-8/LC_NUMERIC")
    add_library(ab_force_locale MODULE tests/locale/force_locale.c)
    target_link_libraries(ab_force_locale PRIVATE ab_flags)
    set_target_properties(ab_force_locale PROPERTIES LIBRARY_OUTPUT_DIRECTORY "${comma_dir}")
    add_executable(ab_locale_check tests/locale/check.c)
    target_link_libraries(ab_locale_check PRIVATE ab_flags)
    set_target_properties(ab_locale_check PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${comma_dir}")
    set(comma_env "LOCPATH=${comma_dir};LC_ALL=de_DE.UTF-8;LD_PRELOAD=$<TARGET_FILE:ab_force_locale>")
    ab_test(comma/check LABEL comma ENV ${comma_env} COMMAND ab_locale_check)
endif()

file(GLOB support_sources CONFIGURE_DEPENDS tests/support/*.c)
if(support_sources)
    add_library(ab_test_support STATIC ${support_sources})
    target_include_directories(ab_test_support PRIVATE src tests)
    target_link_libraries(ab_test_support PRIVATE ab_flags PUBLIC airbridge_static PkgConfig::CMOCKA)
endif()

# Rooms that read or write no numbers as text see the comma in `make test-long` only.
set(ab_comma_long_rooms drop loading need num phys plan ration route score trips verify wind worlds)
file(GLOB unit_sources CONFIGURE_DEPENDS tests/*/test_*.c tests/*/long_*.c)
foreach(source IN LISTS unit_sources)
    cmake_path(GET source PARENT_PATH dir)
    cmake_path(GET dir FILENAME room)
    cmake_path(GET source STEM stem)
    string(REGEX REPLACE "^test_" "" thing ${stem})
    set(target test_${room}_${thing})
    add_executable(${target} ${source})
    target_include_directories(${target} PRIVATE src tests)
    # A room's tests may call its foreign library, to compare with it.
    target_link_libraries(${target} PRIVATE $<TARGET_NAME_IF_EXISTS:ab_test_support> airbridge_static
                          ab_flags PkgConfig::CMOCKA ${AB_LIBS_${room}})
    set_target_properties(${target} PROPERTIES
        OUTPUT_NAME ${stem} RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/tests/${room}")
    if(thing MATCHES "^long_")
        ab_test(${room}/${thing} LABEL long TIMEOUT 3600 COMMAND ${target})
        continue()
    endif()
    ab_test(${room}/${thing} LABEL unit COMMAND ${target})
    if(AB_TEST_COMMA)
        set(label comma)
        if(room IN_LIST ab_comma_long_rooms AND NOT thing STREQUAL lp_write)
            set(label long)
        endif()
        ab_test(comma/${room}/${thing} LABEL ${label} ENV ${comma_env} COMMAND ${target})
    endif()
endforeach()

# The reference of descents: SUNDIALS is linked with what is held to it and with nothing else.
find_package(SUNDIALS REQUIRED CONFIG)
add_library(ab_reference STATIC tests/phys/reference.c tests/phys/design.c)
target_include_directories(ab_reference PUBLIC src tests)
target_link_libraries(ab_reference PRIVATE ab_flags PUBLIC airbridge_static SUNDIALS::cvode SUNDIALS::nvecserial
                      SUNDIALS::sunmatrixdense SUNDIALS::sunlinsoldense m)
target_link_libraries(test_phys_descent PRIVATE ab_reference)
if(TARGET test_phys_landings)
    target_link_libraries(test_phys_landings PRIVATE ab_reference)
endif()

# Cases may preload it into the program, to let a call fail or to kill it there.
add_library(ab_faults MODULE tests/faults/faults.c)
target_link_libraries(ab_faults PRIVATE ab_flags)
target_compile_options(ab_faults PRIVATE -fvisibility=default)
set_target_properties(ab_faults PROPERTIES LIBRARY_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/tests/faults")

set(run_case "${PROJECT_SOURCE_DIR}/scripts/run-case.sh")
set(ab_comma_short access bad-access bad-input chase convert drop import-events ledger mini outputs ration score thirty-flaws)
if(TARGET airbridge_program)
    file(GLOB cases CONFIGURE_DEPENDS tests/cases/*/run)
    foreach(run IN LISTS cases)
        cmake_path(GET run PARENT_PATH dir)
        cmake_path(GET dir FILENAME case)
        ab_test(cases/${case} LABEL case TIMEOUT 900
                ENV "AB_FAULTS=$<TARGET_FILE:ab_faults>" "AB_BENCH=${PROJECT_BINARY_DIR}/bench"
                COMMAND "${run_case}" "${run}")
        if(AB_TEST_COMMA)
            # Those that read and write every kind of number; the others wait for `make test-long`.
            set(label long)
            if(case IN_LIST ab_comma_short)
                set(label comma)
            endif()
            # Only the program sees the comma: the shell and awk around it would stumble over it.
            ab_test(comma/cases/${case} LABEL ${label} TIMEOUT 900
                    ENV "AB_FAULTS=$<TARGET_FILE:ab_faults>" "AB_BENCH=${PROJECT_BINARY_DIR}/bench" "AIRBRIDGE=${PROJECT_SOURCE_DIR}/tests/locale/airbridge"
                        "AIRBRIDGE_PROGRAM=${ab_program}" "AIRBRIDGE_LOCPATH=${comma_dir}"
                        "AIRBRIDGE_PRELOAD=$<TARGET_FILE:ab_force_locale>"
                    COMMAND "${run_case}" "${run}")
        endif()
    endforeach()
endif()

if(TARGET airbridge_program)
    # Every example in the manual.
    file(GLOB pages CONFIGURE_DEPENDS README.md docs/manual/*.md)
    foreach(page IN LISTS pages)
        cmake_path(RELATIVE_PATH page BASE_DIRECTORY "${PROJECT_SOURCE_DIR}" OUTPUT_VARIABLE place)
        ab_test(page/${place} LABEL case
                COMMAND "${PROJECT_SOURCE_DIR}/scripts/run-manual.sh" "${ab_program}" "${page}")
    endforeach()
endif()

ab_test(layers LABEL tree COMMAND "${PROJECT_SOURCE_DIR}/scripts/check-layers.sh" "${PROJECT_SOURCE_DIR}")
ab_test(layers_selftest LABEL tree
        COMMAND "${PROJECT_SOURCE_DIR}/tests/layers/run" "${PROJECT_SOURCE_DIR}")
ab_test(links LABEL tree COMMAND "${PROJECT_SOURCE_DIR}/tests/links/run")
ab_test(scripts LABEL tree COMMAND "${PROJECT_SOURCE_DIR}/tests/scripts/run")
ab_test(package_consumer LABEL package
        COMMAND "${PROJECT_SOURCE_DIR}/tests/package/run" "${PROJECT_BINARY_DIR}" ${PROJECT_VERSION})

# bench/<thing>.c, with its parts in bench/<thing>/*.c where it has some.
file(GLOB bench_sources CONFIGURE_DEPENDS bench/*.c)
foreach(source IN LISTS bench_sources)
    cmake_path(GET source STEM stem)
    file(GLOB parts CONFIGURE_DEPENDS bench/${stem}/*.c)
    add_executable(bench_${stem} ${source} ${parts})
    target_include_directories(bench_${stem} PRIVATE src bench)
    target_link_libraries(bench_${stem} PRIVATE airbridge_static ab_flags)
    set_target_properties(bench_${stem} PROPERTIES
        OUTPUT_NAME ${stem} RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bench")
endforeach()
if(TARGET bench_drop)
    find_package(Threads REQUIRED)
    target_link_libraries(bench_drop PRIVATE ab_reference Threads::Threads)
endif()
