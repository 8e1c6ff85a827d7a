#!/bin/sh
# check-layers.sh [ROOT]: which file may include which. Prints each breach as file:line: rule, and fails.
#
#   L6 cli           public headers and its own
#   L5 flow          everything below
#   L4 engines       io report diff need access events wind route drop trips plan loading ration score timetable value simulate:
#                    strangers to one another; the insides of L1 to L3, and any public header
#      verify        proves a result, so it shares nothing with who made it: base, geo, schema, model only
#   L3 schema model  model may include schema
#   L2 geo phys num  strangers to one another
#   L1 base          the C library and POSIX only; MPI, where it is asked for
#
# A public header belongs to the room below L4 that it is named after (airbridge/schema.h), or that has
# a file of its name (airbridge/time.h, src/base/time.c), or else to the room in `owners` below; any
# other is an engine's. Whoever makes a plan may not read verify's: what proves it shares nothing with it.
set -eu
cd "${1:-$(dirname "$0")/..}"
[ -d src ] || { echo "check-layers.sh: no src/ in $PWD" >&2; exit 2; }

owners="export.h=base version.h=base status.def=base error.h=base
    issues.h=schema issues.def=schema explain.def=schema codes.def=schema labels.def=schema
    tables.def=schema results.def=schema
    operation.h=model verify.h=verify"

for room in base geo phys num schema model; do
    for file in src/"$room"/*.[ch]; do
        [ -e "$file" ] || continue
        stem=${file##*/}
        owners="$owners ${stem%.?}.h=$room"
    done
    owners="$owners $room.h=$room"
done

# /dev/null keeps awk from waiting for its input where there is no file at all.
find src include -type f \( -name '*.[ch]' -o -name '*.def' -o -name '*.inc' \) | LC_ALL=C sort |
    xargs awk -v owners="$owners" '
function set_of(text, into,    words, n, i) {
    n = split(text, words, " ")
    for (i = 1; i <= n; i++) into[words[i]] = 1
}
function breach(rule) {
    printf "%s:%d: %s\n", FILENAME, FNR, rule
    breaches++
}
function foreign_owner(name) {
    if (name ~ /^eccodes/) return "io"
    if (name ~ /^kiss/) return "num"
    if (name ~ /^(gdal|ogr|cpl)[^\/]*$/) return "io"
    if (name ~ /^(gdal|ogr)\//) return "io"
    if (name ~ /^xlsxwriter/) return "io"
    if (name == "zlib.h") return "io"
    if (name ~ /^(proj|geodesic)[^\/]*$/) return "geo"
    if (name ~ /^coin\// || name ~ /^(Clp|Coin|Osi|Cbc|coin)[^\/]*$/) return "num"
    if (name ~ /^(cairo|pango)/) return "report"
    if (name == "mpi.h") return "base"
    return ""
}
# Every room whose private headers `room` may include, besides its own.
BEGIN {
    below["base"] = ""
    below["geo"] = below["phys"] = below["num"] = "base"
    below["schema"] = "base geo phys num"
    below["model"] = "base geo phys num schema"
    below["verify"] = "base geo schema model"
    n = split("io report diff need access events wind route drop trips plan loading ration score timetable value simulate", engines, " ")
    for (i = 1; i <= n; i++) {
        below[engines[i]] = "base geo phys num schema model"
        all = all " " engines[i]
    }
    below["flow"] = "base geo phys num schema model verify" all
    below["cli"] = ""
    for (room in below) {
        set_of(below[room] " " room, listed)
        for (r in listed) may[room, r] = 1
        split("", listed)
    }
    # Rooms that may not see every public header.
    set_of("base geo phys num schema model verify", low)
    set_of("need access wind route drop trips plan timetable value simulate", planner)
    n = split(owners, pairs, /[ \n]+/)
    for (i = 1; i <= n; i++) {
        split(pairs[i], pair, "=")
        # What is named here and above comes before what a file name suggests.
        if (!(pair[1] in owner)) owner[pair[1]] = pair[2]
    }
    set_of("assert complex ctype errno fenv float inttypes iso646 limits locale math setjmp signal" \
           " stdalign stdarg stdatomic stdbool stddef stdint stdio stdlib stdnoreturn string tgmath" \
           " threads time uchar wchar wctype", c_header)
    set_of("aio dirent dlfcn fcntl fnmatch ftw getopt glob grp iconv langinfo libgen malloc netdb poll" \
           " pthread pwd regex sched semaphore spawn strings syslog termios unistd utime", posix_header)
}
FNR == 1 {
    count = split(FILENAME, part, "/")
    public = part[1] == "include"
    room = public ? "" : part[2]
    known = public || (room in below && count >= 3)
    if (!known) breach("no such room as " room ": give it its place in scripts/check-layers.sh")
}
known && /^[ \t]*(%:|\?\?=)/ { breach("a digraph or trigraph for #: write #"); next }
known && /^[ \t]*#[ \t]*(import|include_next)/ { breach("#import and #include_next cannot be checked: write #include"); next }
known && (/\*\/[ \t]*#/ || /^[ \t]*#[ \t]*\/\*/) { breach("a comment before a directive hides it"); next }
# A define may go over many lines; a directive that names a file, or a # cut in two, may not.
known && /^[ \t]*#[ \t]*(i|in|inc|incl|inclu|includ|include[^_].*|include|im.*)?[ \t]*\\$/ {
    breach("a directive cut by a backslash cannot be checked")
    next
}
known && !public && FILENAME ~ /\.c$/ && /^[ \t]*extern[ \t].*ab__/ {
    breach("extern declarations of ab__ names belong into a header")
    next
}
!known || !/^[ \t]*#[ \t]*include/ { next }
{
    name = $0
    sub(/^[ \t]*#[ \t]*include[ \t]*/, "", name)
    quoted = name ~ /^"[^"]+"/
    if (!quoted && name !~ /^<[^>]+>/) {
        breach("an #include by macro cannot be checked")
        next
    }
    name = substr(name, 2)
    sub(/[">].*/, "", name)
    if (name ~ /(^|\/)\.\.?(\/|$)/) {
        breach("\"" name "\": name it from src/ or include/, as \"room/file.h\"")
        next
    }
    stem = name
    sub(/\.h$/, "", stem)

    if (name ~ /^airbridge\//) {
        sub(/^airbridge\//, "", name)
        if (room in low) {
            if (!(name in owner))
                breach(room " may not include the public header airbridge/" name ", an engine'\''s")
            else if (!((room, owner[name]) in may))
                breach(room " may not include airbridge/" name " of " owner[name])
        } else if (room in planner && owner[name] == "verify") {
            breach(room " may not include airbridge/" name ": it would share with what proves it")
        }
    } else if (public && !(!quoted && name ~ /\.h$/ && stem in c_header)) {
        breach("a public header may include only public and standard C headers, not " name)
    } else if (public) {
        next
    } else if (quoted) {
        split(name, part, "/")
        if (name !~ /\//)
            breach("\"" name "\": name it from src/, as \"" room "/" name "\"")
        else if (!((room, part[1]) in may))
            breach(room " may not include the insides of " part[1] " (" name ")")
    } else if ((foreign = foreign_owner(name)) != "") {
        if (foreign != room) breach(name " belongs to " foreign " alone, not to " room)
    } else if (!(stem in c_header || stem in posix_header || name ~ /^(sys|linux|arpa|net|netinet|asm)\// ||
                 name ~ /^[a-z]+intrin\.h$/)) {
        breach("the foreign header " name " has no owner: give it one in scripts/check-layers.sh")
    }
}
END { exit breaches > 0 }
' /dev/null
