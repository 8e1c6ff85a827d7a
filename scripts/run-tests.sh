#!/bin/bash
# run-tests.sh [short|long]: builds and tests in one preset after another. A stage that fails does not
# hide the next. The last line is the sum over all: `N passed, N failed[, N skipped]`.
# A preset that does not build counts as one failed test.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
mode=${1:-short}
jobs=$(nproc 2>/dev/null || echo 2)
passed=0 failed=0 skipped=0 finished=no

# The sum comes last however the script ends; one that does not end by itself has not passed.
report() {
    [ "$finished" = yes ] || failed=$((failed + 1))
    local line="$passed passed, $failed failed"
    [ "$skipped" -eq 0 ] || line+=", $skipped skipped"
    echo "$line"
    [ "$failed" -eq 0 ] || exit 1
}
trap report EXIT
trap 'exit 130' INT TERM

attribute() { # of the first element of a JUnit file
    sed -n "/<testsuite/,/>/s/.*[[:space:]]$2=\"\([0-9]*\)\".*/\1/p" "$1" | head -n 1
}

# stage TEST_PRESET [CONFIGURE_PRESET]
stage() {
    local preset=$1 junit=$PWD/build/log/$1-test.xml log=build/log/$1-test.txt start=$SECONDS
    local all bad off
    if ! scripts/build.sh "${2:-$1}"; then
        failed=$((failed + 1))
        printf '%-8s  does not build\n' "$preset"
        return
    fi
    local built=$((SECONDS - start))
    rm -f "$junit"
    ctest --preset "$preset" -j "$jobs" --output-junit "$junit" >"$log" 2>&1 </dev/null
    local code=$?
    all=$(attribute "$junit" tests) bad=$(attribute "$junit" failures) off=$(attribute "$junit" skipped)
    if [ $code -eq 0 ] && grep -q '^No tests were found' "$log"; then
        all=0 bad=0 off=0 # only where the preset allows it
    fi
    if [ -z "$all" ] || [ -z "$bad" ] || [ -z "$off" ] || { [ $code -ne 0 ] && [ "$bad" -eq 0 ]; }; then
        # ctest itself failed, or found nothing to run.
        all=$((${all:-0} + 1)) bad=$((${bad:-0} + 1)) off=${off:-0}
    fi
    if [ "$bad" -gt 0 ]; then
        grep -vE '^ *([0-9]+/[0-9]+ )?Test +#[0-9]+: .* Passed|^ *Start ' "$log" | tail -n 120 | sed 's/^/    /'
        echo "    all of it: $log"
    fi
    passed=$((passed + all - bad - off)) failed=$((failed + bad)) skipped=$((skipped + off))
    printf '%-8s  built in %d s, %d of %d passed in %d s\n' "$preset" "$built" $((all - bad - off)) "$all" \
        $((SECONDS - start - built))
}

mkdir -p build/log
case $mode in
short)
    export AB_FUZZ_SECONDS=${AB_FUZZ_SECONDS:-3}
    stage release
    stage asan
    stage minimal
    stage fuzz
    ;;
long)
    export AB_TEST_LONG=1
    stage release
    stage long release
    stage tsan
    stage asan-all asan
    stage minimal-all minimal
    AB_FUZZ_SECONDS=60 stage fuzz
    ;;
*)
    echo "usage: $0 [short|long]" >&2
    failed=1
    ;;
esac
finished=yes
