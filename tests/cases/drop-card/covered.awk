# Words of a page that cover one another, by the boxes that `pdftotext -bbox` gives: by more than a point in width and a third in height.
match($0, /xMin="[0-9.]+" yMin="[0-9.]+" xMax="[0-9.]+" yMax="[0-9.]+">[^<]*/) {
    split(substr($0, RSTART, RLENGTH), part, "[\"<>]")
    n++
    x[n] = part[2]; y[n] = part[4]; x_end[n] = part[6]; y_end[n] = part[8]; word[n] = part[10]
}
function least(a, b) { return a + 0 < b + 0 ? a : b }
function most(a, b) { return a + 0 > b + 0 ? a : b }
END {
    for (i = 1; i <= n; i++) {
        if (x[i] < 0 || y[i] < 0 || x_end[i] > 595.3 || y_end[i] > 841.9)
            print word[i] " leaves the page"
        for (k = 1; k < i; k++) {
            w = least(x_end[i], x_end[k]) - most(x[i], x[k])
            h = least(y_end[i], y_end[k]) - most(y[i], y[k])
            if (w > 1 && h > least(y_end[i] - y[i], y_end[k] - y[k]) / 3)
                print word[i] " covers " word[k]
        }
    }
    if (n < 100)
        print "a page of " n + 0 " words"
}
