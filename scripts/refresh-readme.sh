#!/bin/sh
# refresh-readme.sh: puts what `make demo` prints into README.md, between ```text and ```.
set -eu
cd "$(dirname "$0")/.."
out=$(mktemp)
trap 'rm -f "$out"' EXIT
build/release/airbridge plan examples/syria-2016 > "$out" 2> /dev/null
awk -v out="$out" '
/^```text$/ { print; while ((getline line < out) > 0) print line; skip = 1; next }
/^```$/ { skip = 0 }
!skip' README.md > README.md.new
mv README.md.new README.md
