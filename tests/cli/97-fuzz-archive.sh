#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Archives with any damage, its sums as they were or put right, are asked
# anything, checked, compacted and updated. About 15 seconds of it;
# `make fuzz-rounds` and `make fuzz-archive` go on for as long as one likes.
. tests/cli/lib.sh

seed=${SEED:-$(date +%s)}
timeout 300 "$BUILD/tests/rounds" --seconds="${FUZZ_SECONDS:-15}" \
    --seed="$seed" > "$out" 2> "$err"
case_is "fuzz archive: seed $seed" [ $? -eq 0 ]
cat "$out"

# Rounds that found something: bounds of groups that led backwards; a list of
# few words of a pattern that was opened twice.
for round in 20261130:49862 1796084223:1483; do
    case_is "fuzz archive: round $round" exits 0 timeout 300 \
        "$BUILD/tests/rounds" --seed="${round%:*}" --round="${round#*:}"
done

exit $failed
