# Sourced by the cases. Every failed expectation is told; `finish` ends the case with the count.
failures=0
fail() {
    echo "FAILED: $*" >&2
    failures=$((failures + 1))
}
finish() {
    [ "$failures" -eq 0 ] || { echo "$failures expectations failed" >&2; exit 1; }
    exit 0
}
# with_server RUN: runs the case once more where there is a PostgreSQL server, in a folder of its own (-t); one
# server at a time, as two would take the same port
with_server() {
    command -v pg_virtualenv > /dev/null || exit 77
    if [ -n "${AB_TEST_SERVER:-}" ]; then
        [ -z "${AB_TEST_LC_ALL:-}" ] || export LC_ALL="$AB_TEST_LC_ALL"
        return 0
    fi
    # The server starts in its own locale, whatever the case runs under: that one may not be installed.
    export AB_TEST_SERVER=yes AB_TEST_LC_ALL="${LC_ALL:-}" LC_ALL=C.UTF-8
    exec flock /tmp/airbridge-test-server.lock pg_virtualenv -t -v 15 "$1"
}
# expect_exit CODE COMMAND…: output in $TMPDIR/out and $TMPDIR/err
expect_exit() {
    wanted=$1
    shift
    code=0
    "$@" > "$TMPDIR/out" 2> "$TMPDIR/err" < /dev/null || code=$?
    [ "$code" -eq "$wanted" ] || fail "exit $code, not $wanted, of: $* ($(tail -n 2 "$TMPDIR/err"))"
}
# expect_text FILE TEXT: a line of FILE holds TEXT
expect_text() {
    grep -qF -e "$2" "$1" || fail "no \"$2\" in $1"
}
# expect_no RESULT SQL WHAT: the query has no rows
expect_no() {
    rows=$(sqlite3 "$1" "$2") || { fail "sqlite3 refused: $2"; return; }
    [ -z "$rows" ] || fail "$3: $(printf '%s' "$rows" | head -n 3)"
}
# expect_value RESULT SQL VALUE WHAT
expect_value() {
    value=$(sqlite3 "$1" "$2") || { fail "sqlite3 refused: $2"; return; }
    [ "$value" = "$3" ] || fail "$4: $value, not $3"
}
# expect_json FILE: it is JSON
expect_json() {
    [ "$(sqlite3 :memory: "SELECT json_valid(readfile('$1'))")" = 1 ] || fail "$1 is not JSON"
}
# expect_narrow FILE: no line is wider than a terminal
expect_narrow() {
    wide=$(grep -v '^Wrote ' "$1" | LC_ALL=C.UTF-8 grep -m 1 -E '.{81}') || return 0
    fail "wider than 80 columns: $wide"
}
# expect_shown PAGE FILE: every line that the page shows as output stands in FILE
expect_shown() {
    awk '/^```text$/ { inside = 1; next } /^```$/ { inside = 0 } inside && NF' "$1" > "$TMPDIR/shown"
    [ -s "$TMPDIR/shown" ] || fail "$1 shows nothing"
    while IFS= read -r line; do
        grep -qxF -e "$line" "$2" || fail "$1 shows what is not said: $line"
    done < "$TMPDIR/shown"
}
# What must be true of any plan, looked at with code that knows nothing of the planner.
expect_sound_plan() {
    plan=$1
    # a limit a day is one of so many days where periods are longer
    days="(SELECT max(1, coalesce(max(CAST(value AS REAL)), 24) / 24) FROM in_operation WHERE key = 'period_h')"
    expect_no "$plan" "SELECT t.id, t.mass_t, sum(l.mass_t) FROM trips t LEFT JOIN loads l ON l.trip = t.id
        GROUP BY t.id HAVING abs(t.mass_t - coalesce(sum(l.mass_t), 0)) > 1e-6" "a trip is not the sum of its loads"
    expect_no "$plan" "SELECT id FROM trips WHERE mass_t <= 0 OR expected_t > mass_t * (1 + 1e-9)
        OR arrival_prob NOT BETWEEN 0 AND 1 OR arrival_prob_low > arrival_prob OR arrival_prob_high < arrival_prob" \
        "a trip carries nothing, or gives more than it carries"
    expect_no "$plan" "SELECT t.id FROM trips t JOIN in_vehicles v ON v.id = t.vehicle
        WHERE t.mass_t > t.vehicles * v.payload_t * (1 + 1e-9)" "a vehicle is overloaded"
    expect_no "$plan" "SELECT t.vehicle, t.depart FROM trips t JOIN in_vehicles v ON v.id = t.vehicle
        WHERE v.mode = 'road' AND t.cycle_h > v.duty_h_per_day / 2
        GROUP BY t.vehicle, t.depart HAVING sum(t.vehicles) > max(v.count) * $days" "more trucks leave than there are"
    expect_no "$plan" "SELECT l.commodity, t.hub FROM loads l JOIN trips t ON t.id = l.trip
        GROUP BY l.commodity, t.hub
        HAVING sum(l.mass_t) > 1e-6 + coalesce((SELECT sum(s.mass_t) FROM in_stocks s WHERE s.hub = t.hub AND s.commodity = l.commodity), 0)
                             + coalesce((SELECT sum(m.mass_t) FROM loads m JOIN trips u ON u.id = m.trip
                                         WHERE u.to_hub = t.hub AND m.commodity = l.commodity), 0)" \
        "more leaves a hub than ever was there"
    expect_no "$plan" "SELECT id FROM trips WHERE depart >= (SELECT value FROM in_operation WHERE key = 'end')
        OR arrive < depart" "a trip outside the operation, or that arrives before it leaves"
    expect_no "$plan" "SELECT t.place, t.arrive FROM trips t JOIN in_places p ON p.id = t.place
        WHERE p.handling_t_per_day IS NOT NULL GROUP BY t.place, t.arrive
        HAVING sum(t.mass_t) > max(p.handling_t_per_day) * $days * (1 + 1e-6)" "a place receives more than it can handle a day"
    expect_no "$plan" "SELECT place FROM stock_days WHERE debt_ration_days > debt_if_nothing + 1e-6" \
        "somebody is hungrier with the plan than without"
    expect_value "$plan" "PRAGMA integrity_check" ok "the file is damaged"
}
