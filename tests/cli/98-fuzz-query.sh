#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Queries made of the signs of all dialects at random are read, printed, read
# again, searched for and marked, with both engines.  About 5 seconds of it;
# `make fuzz-query` and `make fuzz-query-rounds` go on for as long as one
# likes.
. tests/cli/lib.sh

seed=${SEED:-$(date +%s)}
timeout 300 "$BUILD/tests/query_rounds" --seconds="${FUZZ_SECONDS:-5}" \
    --seed="$seed" > "$out" 2> "$err"
case_is "fuzz query: seed $seed" [ $? -eq 0 ]
cat "$out"

exit $failed
