#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What fuzzers start from: every sample of each format as it is and changed at
# random.  `make fuzz FORMAT=...` goes on from there.
. tests/cli/lib.sh

rounds=${FUZZ_ROUNDS:-20}
seed=${SEED:-$(date +%s)}
sh tests/fuzz/seeds.sh "$indexer" "$dir/seeds"
for format in $("$indexer" formats | cut -f 1); do
    set -- "$dir/seeds/$format"/*
    if [ ! -e "$1" ]; then
        case_is "fuzz seeds: there are samples of $format" false
        continue
    fi
    FORMAT=$format timeout 300 "$BUILD/tests/seeds" "$rounds" "$seed" "$@" \
        > "$dir/out" 2> "$err"
    case_is "fuzz seeds: $format, $# files, seed $seed" [ $? -eq 0 ]
done

exit $failed
