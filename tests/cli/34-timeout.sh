#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A search whose time is over: what was found until then, and that it is said.
# The query is slow by its size: to look up its words takes longer.
. tests/cli/lib.sh

a=$dir/archive
"$BUILD/generate" --articles=3000 > "$dir/in.jsonl"
"$indexer" update --quiet "$a" "$dir/in.jsonl"
words=$(head -n 60 "$dir/in.jsonl" | tr -cs 'a-z' '\n' | sort -u | grep -E '^.{4,}$' | head -n 2000 | tr '\n' ' ')

answers() { # COMMAND...: it ends with 0 or 1, as for what it found
    "$@" > "$out" 2> "$err"
    [ $? -le 1 ]
}

case_is 'all of the time' exits 0 "$searcher" --any --count --limit=0 --format=json "$a" "$words"
total=$(sed 's/.*"value": \([0-9]*\).*/\1/' "$out")
case_is 'nearly all match' [ "$total" -gt 2900 ]
case_is 'the total is exact' grep -q '"exact": true' "$out"
case_is 'one millisecond' answers "$searcher" --any --count --limit=0 --timeout=1 --format=json "$a" "$words"
case_is 'is told in json' grep -q '"timed_out": true, "took_us"' "$out"
case_is 'with a total that is not exact' grep -q '"exact": false' "$out"
case_is 'of what was found' [ "$(sed 's/.*"value": \([0-9]*\).*/\1/' "$out")" -lt "$total" ]
case_is 'and on stderr' grep -q '^searcher: the time was over' "$err"
case_is 'in text' answers "$searcher" --any --timeout=1 "$a" "$words"
case_is 'on stderr, too' grep -q '^searcher: the time was over' "$err"
