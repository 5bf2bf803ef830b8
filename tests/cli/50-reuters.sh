#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Reuters-21578, all of it: what is in, and that it comes back byte for byte.
# The second half is a program (tests/tools/compare.c) that reads the files its own way.
. tests/cli/lib.sh

src=$MORGUE_SHARED/reuters-21578
if [ ! -d "$src" ]; then
    echo 'skip reuters - no such corpus here'
    exit 0
fi
a=$dir/archive
case_is 'reuters is indexed' exits 0 "$indexer" update --quiet --report="$dir/r" "$a" "$src"
case_is 'reuters: 21578 records' [ "$(count_of "$dir/r" inputs)" = 21578 ]
case_is 'reuters: one has no text' [ "$(count_of "$dir/r" added)-$(count_of "$dir/r" skipped)" = 21577-1 ]
case_is 'reuters: one byte is not ASCII' [ "$(count_of "$dir/r" converted)-$(count_of "$dir/r" repaired)" = 1-0 ]
case_is 'reuters: all are dated' [ "$(count_of "$dir/r" undated)" = 0 ]
case_is 'reuters: ten hits for a query' exits 0 "$searcher" --format=jsonl "$a" coffee export quota
case_is 'reuters: ten' [ "$(wc -l < "$out")" = 10 ]
case_is 'reuters: dated' [ "$(grep -c '"date": "1987-' "$out")" = 10 ]
zcat "$src"/*.gz > "$dir/all.sgm"
case_is 'reuters: every text comes back' exits 0 "$BUILD/tests/compare" "$a" "$dir/all.sgm"
sed 's/^/# /' "$out"

exit $failed
