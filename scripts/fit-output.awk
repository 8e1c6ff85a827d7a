# awk -f fit-output.awk EXPECTED ACTUAL: does ACTUAL read as EXPECTED says, where a line `…` stands for any lines and
# `…` within a line for any text? Prints what the page should show, and fails where that is something new.

# Does the pattern from byte `at` of `text` on match? Parts between the `…` must come in their order.
function line_fits(pattern, text,    count, part, i, at, place) {
    count = split(pattern, part, "…")
    if (count <= 1) return pattern == text
    if (substr(text, 1, length(part[1])) != part[1]) return 0
    at = length(part[1]) + 1
    for (i = 2; i < count; i++) {
        place = index(substr(text, at), part[i])
        if (place == 0) return 0
        at += place - 1 + length(part[i])
    }
    place = length(text) - length(part[count]) + 1
    return place >= at && substr(text, place) == part[count]
}
function fits(e, a,    i) {
    if (e > expected_count) return a > actual_count
    if (expected[e] == "…") {
        for (i = a; i <= actual_count + 1; i++) if (fits(e + 1, i)) return 1
        return 0
    }
    return a <= actual_count && line_fits(expected[e], actual[a]) && fits(e + 1, a + 1)
}
# The line as the page had it, if it had one with a `…` that fits.
function with_wildcards(text,    e) {
    for (e = 1; e <= expected_count; e++)
        if (expected[e] != "…" && line_fits(expected[e], text)) return expected[e]
    return text
}
FILENAME == ARGV[1] { expected[++expected_count] = $0; if ($0 == "…") { gaps++; gap = expected_count } }
FILENAME == ARGV[2] { actual[++actual_count] = $0 }
END {
    if (fits(1, 1)) {
        for (e = 1; e <= expected_count; e++) print expected[e]
        exit 0
    }
    # As many lines as were shown before and behind a single gap; with more of them nobody knows what belongs where.
    first = gaps == 1 ? gap - 1 : actual_count
    last = gaps == 1 ? actual_count - (expected_count - gap) : actual_count
    for (a = 1; a <= actual_count; a++) {
        if (a == first + 1 && a <= last) print "…"
        if (a <= first || a > last) print with_wildcards(actual[a])
    }
    exit 1
}
