#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# An archive with a bit wrong in one page answers rightly or says that it is
# damaged, each page in turn; and one with bits flipped, files cut, made longer
# and taken away. About 40 seconds of that; `make damage` does all.
. tests/cli/lib.sh

a=$dir/archive
"$BUILD/generate" --articles=3000 --seed=1 |
    "$indexer" update --quiet --threads=1 "$a" -
segment=$(ls "$a"/seg-* | head -n 1)

printf '1\t"of the"\n2\tthe -"in the" of\n3\tof the and a\n' > "$dir/queries"

ask() {
    "$searcher" --count --no-snippet --format=trec --batch="$dir/queries" \
        "$a" > "$out" 2> "$err"
}

# Byte $1 of the segment with its lowest bit flipped; twice is as before.
flip() {
    byte=$(od -An -tu1 -j "$1" -N 1 "$segment")
    printf "\\$(printf %o $((byte ^ 1)))" |
        dd of="$segment" bs=1 seek="$1" conv=notrunc 2> /dev/null
}

ask
case_is 'damage: there are answers' [ $? -eq 0 ]
cp "$out" "$dir/sound"
: > "$dir/wrong"
size=$(wc -c < "$segment")
at=5
while [ $at -lt "$size" ]; do
    flip $at
    ask
    code=$?
    if [ $code -ne 3 ] && { [ $code -ne 0 ] || ! cmp -s "$out" "$dir/sound"; }
    then
        echo "byte $at: status $code"
    fi >> "$dir/wrong"
    flip $at
    at=$((at + 16384))
done
cat "$dir/wrong" >&2
case_is 'damage: a bit of each page' [ ! -s "$dir/wrong" ]

export SCRATCH="$dir"
"$BUILD/tests/damage" --seconds=${DAMAGE_SECONDS:-35} ${DAMAGE_SEED:+--seed=$DAMAGE_SEED}
code=$?
[ $failed -eq 0 ] && exit $code
exit $failed
