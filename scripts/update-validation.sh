#!/bin/sh
# update-validation.sh TRACKS [BUILD]: puts the tables that bench/validate_drop prints now into docs/validation.md, each in place of the
# one with the same first line. Read the words around them anew afterwards.
set -eu
tracks=${1:?"usage: update-validation.sh TRACKS [BUILD]"}
cd "$(dirname "$0")/.."
printed=$(mktemp)
trap 'rm -f "$printed" "$printed.md"' EXIT
"${2:-build/release}/bench/validate_drop" "$tracks" > "$printed"
awk '
FNR == NR {
    if (/^VERDICT /) { table["VERDICT"] = table["VERDICT"] $0 "\n"; next }
    if ($0 == "") { title = ""; next }
    if (title == "") title = $0
    table[title] = table[title] $0 "\n"
    next
}
/^```text$/ {
    print
    getline
    key = /^VERDICT / ? "VERDICT" : $0
    if (!(key in table)) { print "no table now begins with: " key > "/dev/stderr"; failed = 1; exit 1 }
    printf "%s", table[key]
    inside = 1
    next
}
/^```$/ { inside = 0 }
!inside { print }
END { exit failed }
' "$printed" docs/validation.md > "$printed.md"
cp "$printed.md" docs/validation.md
