#!/bin/sh
# write-reference.sh PROGRAM DOCS: writes into folder DOCS all that the program says of itself:
# reference/ of tables and flaws, man/ a page for each command, completion/ a script for each shell.
set -eu
program=$1 docs=$2
mkdir -p "$docs/reference" "$docs/man" "$docs/completion"
rm -f "$docs"/man/*.1
"$program" schema --markdown > "$docs/reference/tables.md"
for kind in tables results; do
    mkdir -p "$docs/reference/$kind"
    rm -f "$docs/reference/$kind"/*.md
    only=
    [ $kind = tables ] || only=--results
    sed -n "s#^| \[.\([a-z_]*\).\]($kind/.*#\1#p" "$docs/reference/tables.md" | while read -r table; do
        "$program" schema --markdown $only "$table" > "$docs/reference/$kind/$table.md"
    done
done
"$program" explain --markdown > "$docs/reference/flaws.md"
"$program" --man > "$docs/man/airbridge.1"
sed -n 's/^\.BR airbridge\\-\([a-z-]*\) (1)$/\1/p' "$docs/man/airbridge.1" | while read -r command; do
    "$program" --man "$command" > "$docs/man/airbridge-$command.1"
done
"$program" --completion bash > "$docs/completion/airbridge.bash"
"$program" --completion zsh > "$docs/completion/_airbridge"
"$program" --completion fish > "$docs/completion/airbridge.fish"
