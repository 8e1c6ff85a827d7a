#!/bin/sh
# run-case.sh RUN: runs a case's script inside its own folder, with an empty TMPDIR.
set -eu
: "${TMPDIR:?}" "${AIRBRIDGE:?}"
case $TMPDIR in
/*/tests/tmp/?*) rm -rf "$TMPDIR" ;;
*) echo "run-case.sh: $TMPDIR is not a folder of the build's tests" >&2; exit 1 ;;
esac
mkdir -p "$TMPDIR"
cd "$(dirname "$1")"
exec ./run
