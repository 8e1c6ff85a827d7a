#!/bin/bash
# run-manual.sh [--refresh] PROGRAM PAGE…: runs the examples of pages of the manual, each page in an empty folder
# that holds only a copy of examples/, and compares what is printed with what the page shows. docs/manual/README.md
# tells how a page is written. --refresh writes what is printed into the page.
# A page that says `<!-- under PROGRAM -->` is run by that program, and skipped (exit code 77) where it is missing.
set -uo pipefail
top=$(cd "$(dirname "$0")/.." && pwd)
refresh=no
[ "${1-}" = --refresh ] && refresh=yes && shift
[ $# -ge 2 ] || { echo "usage: $0 [--refresh] PROGRAM PAGE..." >&2; exit 2; }
program=$(realpath "$1")
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/path"
ln -s "$program" "$work/path/airbridge"

# Runs the command and puts the block as it should be into $shown; complains where that is not what it was.
finish_command() {
    [ -n "$command" ] || return 0
    (IFS= && printf '%s' "$expected") > "$work/expected"
    eval "$command" > "$work/actual" 2>&1 < /dev/null
    if ! awk -f "$top/scripts/fit-output.awk" "$work/expected" "$work/actual" > "$work/merged" && [ $refresh = no ]; then
        failed=1
        echo "$page:$line_number: \`$command\` prints something else (< the page, > the program):"
        diff "$work/expected" "$work/actual"
    fi
    cat "$work/merged" >&3
    command='' expected=''
}

run_page() {
    local page=$1 line line_number=0 state=text command='' expected='' file='' failed=0
    while IFS= read -r line || [ -n "$line" ]; do
        line_number=$((line_number + 1))
        case $state:$line in
        text:'```console') state=console ;;
        text:'```csv '?*) state=file file=${line#* } && : > "$file" ;;
        console:'```') finish_command && state=text ;;
        console:'$ '*) finish_command && command=${line#??} ;;
        console:'> '*) [ -n "$expected" ] || command+=$'\n'${line#??} ;;
        file:'```') state=text ;;
        file:*) printf '%s\n' "$line" >> "$file" ;;
        esac
        if [ $state = console ] && [[ $line != '```console' && $line != '$ '* ]] &&
            ! { [[ $line == '> '* ]] && [ -z "$expected" ]; }; then
            expected+=$line$'\n'
        else
            printf '%s\n' "$line" >&3
        fi
    done < "$page"
    [ $state = text ] || { echo "$page: the last block is not closed"; failed=1; }
    return $failed
}

# In a folder of its own, and in a shell of its own: a page may change both.
run_alone() {
    local page=$1
    rm -rf "$work/here"
    mkdir "$work/here"
    cp -r "$top/examples" "$work/here/examples"
    (cd "$work/here" && PATH=$work/path:$PATH LC_ALL=C.UTF-8 run_page "$page" 3> "$work/page")
}

status=0
for page in "$@"; do
    page=$(realpath "$page")
    under=$(sed -n 's/^<!-- under \([a-z_]*\) -->$/\1/p' "$page")
    if [ -n "$under" ] && ! command -v "$under" > /dev/null; then
        echo "$page: skipped, there is no $under here"
        [ $# -gt 1 ] || exit 77
        continue
    fi
    if [ -n "$under" ] && [ -z "${AB_MANUAL_UNDER-}" ]; then
        options=()
        [ $refresh = no ] || options=(--refresh)
        AB_MANUAL_UNDER=$under "$under" "$0" "${options[@]}" "$program" "$page" > "$work/log" 2>&1 || { status=1 && cat "$work/log"; }
        continue
    fi
    run_alone "$page" || status=1
    if [ $refresh = yes ] && ! cmp -s "$work/page" "$page"; then
        cat "$work/page" > "$page"
        echo "$page"
    fi
done
exit $status
