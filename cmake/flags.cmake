# How everything is compiled. Private to the build: nothing here reaches a user of the library.

set(CMAKE_C_STANDARD 17)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_C_VISIBILITY_PRESET hidden)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE RelWithDebInfo)
endif()
# Without NDEBUG: an assert that fails in the field is worth more than the time it costs.
set(CMAKE_C_FLAGS_RELWITHDEBINFO "-O2 -g")
set(CMAKE_C_FLAGS_RELEASE "-O2")
set(CMAKE_C_FLAGS_DEBUG "-Og -g")

add_library(ab_flags INTERFACE)
# POSIX 2008 for all; a file that needs more says `#define _GNU_SOURCE` before its first include.
target_compile_definitions(ab_flags INTERFACE _POSIX_C_SOURCE=200809L)
target_compile_options(ab_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wvla
    # gcc and clang, with and without FMA, give the same bits only without contraction; the other
    # two give up nothing that is used (errno of libm, floating-point traps) and let loops vectorise.
    -ffp-contract=off -fno-math-errno -fno-trapping-math
    # The text of an assert is the same wherever the source lies.
    "-fmacro-prefix-map=${PROJECT_SOURCE_DIR}/=")
target_link_options(ab_flags INTERFACE -Wl,--as-needed)

if(AB_WERROR)
    target_compile_options(ab_flags INTERFACE -Werror)
endif()
if(AB_SANITIZE)
    target_compile_options(ab_flags INTERFACE
        -fsanitize=${AB_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(ab_flags INTERFACE -fsanitize=${AB_SANITIZE})
endif()
# Clang links the sanitizers' runtime into programs alone: a shared library has open names by design.
if(NOT (AB_SANITIZE AND CMAKE_C_COMPILER_ID MATCHES "Clang"))
    set(AB_LINK_CLOSED -Wl,--no-undefined)
endif()
if(AB_FUZZ)
    target_compile_options(ab_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
