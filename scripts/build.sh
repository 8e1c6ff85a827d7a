#!/bin/sh
# build.sh PRESET [TARGET...]: configures and builds in build/PRESET, quietly.
# Without targets everything is built, tests too. With targets, a folder that was never configured is
# configured without tests, so that a user needs no test library. CONFIGURE holds further -D options.
set -eu
preset=$1
shift
cd "$(dirname "$0")/.."
tests=
if [ $# -eq 0 ]; then
    tests=-DAB_TESTS=ON
elif [ ! -f "build/$preset/CMakeCache.txt" ]; then
    tests=-DAB_TESTS=OFF
fi
# shellcheck disable=SC2086  # options are words
scripts/quiet.sh "build/log/$preset-configure.txt" cmake --preset "$preset" $tests ${CONFIGURE-}
if [ $# -gt 0 ]; then
    set -- --target "$@"
fi
scripts/quiet.sh "build/log/$preset-build.txt" cmake --build "build/$preset" "$@"
