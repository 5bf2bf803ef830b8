#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The worst inputs that we know of, for each reader, the tokenizer and the
# searcher, cost in proportion to their size: twice the bytes take at most 2.3
# times the instructions, and no byte takes more than 4,000 (tests/growth).
. tests/cli/lib.sh

if [ -n "$SAN" ]; then
    echo 'skip growth - instructions are counted in the build without sanitizers'
    exit 0
fi
command -v valgrind > /dev/null || { echo 'not ok growth: valgrind is missing'; exit 1; }

# Two processes, as a machine has two processors.
for part in 0 1; do
    SCRATCH=$dir valgrind --tool=callgrind --dump-line=no \
        --callgrind-out-file="$dir/counts.$part" \
        "$BUILD/tests/growth" $part 2 > "$dir/log.$part" 2>&1 &
    eval "job$part=$!"
done
wait "$job0" && wait "$job1" || {
    echo 'not ok growth: a shape ended it'
    tail -n 3 "$dir"/log.* >&2
    exit 1
}

# "NAME<tab>SIZE<tab>INSTRUCTIONS" of each count, in the order of sizes.
for f in "$dir"/counts.*.*; do
    sed -n 's/^desc: Trigger: Client Request: //p; s/^totals: //p' "$f" |
        paste -s -d ' ' - | sed -E 's/^(.*) ([0-9]+) ([0-9]+)$/\1\t\2\t\3/'
done | grep "$(printf '\t')" | sort -t "$(printf '\t')" -k 1,1 -k 2,2n > "$dir/counts"

awk -F '\t' -v most=2.3 -v dearest=4000 '
    $1 != name { name = $1; before = 0; n = 0 }
    {
        n++
        per_byte = $3 / $2
        growth = before ? $3 / before : 0
        before = $3
    }
    n == 3 {
        bad = growth > most || per_byte > dearest
        printf "%s growth: %s\n", bad ? "not ok" : "ok", name
        if (bad)
            printf "%s: %.2f times, %.0f instructions a byte\n", name, growth,
                per_byte > "/dev/stderr"
    }' "$dir/counts" > "$dir/cases"
cat "$dir/cases"
case_is 'growth: every shape was counted' [ "$(wc -l < "$dir/cases")" -ge 250 ]
grep -q '^not ok' "$dir/cases" && failed=1
exit $failed
