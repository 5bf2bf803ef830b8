#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The quality of the ranking on judged collections: any of the words, the
# defaults of BM25, 1000 hits. Beside each stands the mean average precision of
# Lucene 8.8 (EnglishAnalyzer, title and body in one field, BM25 with k1 1.2 and
# b 0.75), which the mean of all must exceed; none may be more than 0.003 below
# it, nor more than 0.002 below what was reached before.
. tests/cli/lib.sh

ir=$MORGUE_SHARED/ir
if [ ! -d "$ir" ]; then
    echo 'skip quality - no such corpus here'
    exit 0
fi

quality() { # NAME LUCENE BEFORE
    exits 0 "$indexer" update --quiet "$dir/$1" "$ir/$1/docs.jsonl" || return 1
    "$searcher" --any --limit=1000 --no-snippet --format=trec \
        --batch="$ir/$1/queries.tsv" "$dir/$1" > "$dir/$1.run"
    result=$("$BUILD/tests/evaluate" "$ir/$1/qrels.txt" "$dir/$1.run")
    map=$(echo "$result" | cut -d ' ' -f 2)
    echo "# $1: $result, Lucene $2"
    echo "$map $2" >> "$dir/map"
    awk "BEGIN { exit !($map >= $2 - 0.003 && $map >= $3 - 0.002) }"
}

mean() {
    awk '{ ours += $1; theirs += $2 }
        END { printf "# mean: MAP %.4f, Lucene %.4f\n", ours / NR, theirs / NR
              exit !(NR == 4 && ours > theirs) }' "$dir/map"
}

case_is 'quality: time' quality time 0.6973 0.6963
case_is 'quality: cranfield' quality cranfield 0.3054 0.3179
case_is 'quality: cisi' quality cisi 0.2083 0.2242
case_is 'quality: med' quality med 0.5264 0.5275
case_is 'quality: mean' mean

exit $failed
