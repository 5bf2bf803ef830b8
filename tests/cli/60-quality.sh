#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The quality of the ranking on judged collections: any of the words, the
# defaults of BM25, 1000 hits. Goals are printed beside what is reached; a
# case fails where a figure falls below what was reached before.
. tests/cli/lib.sh

ir=$MORGUE_SHARED/ir
if [ ! -d "$ir" ]; then
    echo 'skip quality - no such corpus here'
    exit 0
fi

quality() { # NAME GOAL FLOOR
    exits 0 "$indexer" update --quiet "$dir/$1" "$ir/$1/docs.jsonl" || return 1
    "$searcher" --any --limit=1000 --no-snippet --format=trec \
        --batch="$ir/$1/queries.tsv" "$dir/$1" > "$dir/$1.run"
    result=$("$BUILD/tests/evaluate" "$ir/$1/qrels.txt" "$dir/$1.run")
    map=$(echo "$result" | cut -d ' ' -f 2)
    echo "# $1: $result, goal $2"
    awk "BEGIN { exit !($map >= $3) }"
}

case_is 'quality: time' quality time 0.66 0.69
case_is 'quality: cranfield' quality cranfield 0.29 0.31
case_is 'quality: med' quality med 0.50 0.53
case_is 'quality: cisi' quality cisi 0.19 0.20

exit $failed
