#!/bin/sh
# install-dependencies.sh [test] [qgis] [mpi]: the Debian packages that are needed to build, and those for
# the tests. Silent, fast and without root when all are there. docs/dependencies.md says what each is for.
set -eu

build="gcc libc6-dev make cmake ninja-build pkg-config libgdal-dev libproj-dev coinor-libclp-dev
libxlsxwriter-dev zlib1g-dev libkissfft-dev libeccodes-dev libcairo2-dev libpango1.0-dev"
test="libcmocka-dev sqlite3 libsqlite3-dev shellcheck locales clang-14 libclang-rt-14-dev
unzip libreoffice-calc-nogui postgresql-15 postgresql-15-postgis-3 postgresql-common
mandoc zsh fish gdal-bin libxml2-utils glpk-utils coinor-clp libsundials-dev libeccodes-tools poppler-utils"
qgis="python3-qgis"
mpi="libopenmpi-dev openmpi-bin"

wanted=$build
for group in "$@"; do
    case $group in
    test) wanted="$wanted $test" ;;
    qgis) wanted="$wanted $qgis" ;;
    mpi) wanted="$wanted $mpi" ;;
    list) ;;
    *) echo "usage: $0 [test] [qgis] [mpi] [list]" >&2; exit 2 ;;
    esac
done
case " $* " in
*" list "*) echo "$wanted"; exit 0 ;;
esac

if ! command -v dpkg-query >/dev/null 2>&1 || ! command -v apt-get >/dev/null 2>&1; then
    echo "Not a Debian system; going on in the hope that this is there: $wanted" >&2
    exit 0
fi

missing=
for package in $wanted; do
    status=$(dpkg-query -W -f='${Status}' "$package" 2>/dev/null || true)
    if [ "$status" != "install ok installed" ]; then
        missing="$missing $package"
    fi
done
if [ -z "$missing" ]; then
    exit 0
fi
missing=${missing# }

as_root=
if [ "$(id -u)" -ne 0 ]; then
    # With a terminal sudo may ask for the password; without one it must not need to.
    if command -v sudo >/dev/null 2>&1 && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
        as_root=sudo
    else
        echo "These packages are missing. Install them as root, then try again:" >&2
        echo "    apt-get install --no-install-recommends $missing" >&2
        exit 1
    fi
fi

apt() {
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y "$@" </dev/null
}

echo "Installing $missing"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# shellcheck disable=SC2086  # package names are words
if ! { apt update && apt install --no-install-recommends $missing; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    echo "apt-get could not install: $missing" >&2
    exit 1
fi
