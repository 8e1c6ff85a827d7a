#!/bin/sh
# fuzz-one.sh BUILD NAME: lets one fuzzer search for AB_FUZZ_SECONDS (5). What it finds new stays in BUILD/fuzz/; the
# corpus of the project is only read (what is worth keeping is copied there by hand).
set -eu
build=$1 name=$2 seconds=${AB_FUZZ_SECONDS:-5}
source=$(cd "$(dirname "$0")/.." && pwd)
corpus=$source/fuzz/corpus/$name
found=$build/fuzz/found/$name
mkdir -p "$found"
if [ ! -d "$corpus" ]; then
    echo "fuzz-one.sh: fuzz/corpus/$name is missing" >&2
    exit 1
fi
set -- -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
    -artifact_prefix="$build/fuzz/$name-"
if [ -f "$source/fuzz/$name.dict" ]; then
    set -- "$@" -dict="$source/fuzz/$name.dict"
fi
UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1} \
    exec "$build/fuzz/fuzz_$name" "$@" "$found" "$corpus"
