#!/bin/sh
# quiet.sh LOG COMMAND...: runs COMMAND with its output in LOG, and shows LOG's end only if it fails.
set -u
log=$1
shift
mkdir -p "$(dirname "$log")"
"$@" >"$log" 2>&1 </dev/null
code=$?
if [ $code -ne 0 ]; then
    echo "failed ($code): $*" >&2
    tail -n "${QUIET_LINES:-40}" "$log" | sed 's/^/    /' >&2
    echo "all of it: $log" >&2
fi
exit $code
